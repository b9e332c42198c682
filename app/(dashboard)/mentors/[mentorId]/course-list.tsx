import { useLocale, useTranslations } from 'next-intl'
import { Time } from '@/components/time'
import type { MentorDetail } from '@/domain/mentors/detail'

/** Courses the mentor is enrolled in; one that the catalogue does not know goes by its id. */
export function CourseList({ courses }: { courses: MentorDetail['courses'] }) {
  const t = useTranslations('mentor')
  const locale = useLocale()
  if (courses.length === 0) {
    return <p className="px-4 py-3 text-muted text-sm">{t('noCourses')}</p>
  }
  return (
    <ul className="divide-y text-sm">
      {courses.map((course) => (
        <li key={course.course_id} className="px-4 py-2.5">
          <span className="block font-medium">
            {(locale === 'nb' ? course.name_nb : course.name_en) ?? course.course_id}
          </span>
          <span className="text-muted text-xs">
            {t('enrolled')} <Time value={course.enrolled_at} as="date" />
          </span>
        </li>
      ))}
    </ul>
  )
}
