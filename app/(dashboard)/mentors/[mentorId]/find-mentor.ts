import { notFound } from 'next/navigation'
import { cache } from 'react'
import { getMentorDetail, type MentorDetail } from '@/domain/mentors/detail'
import { mentorId } from '@/domain/mentors/schema'
import { AppError } from '@/lib/errors'
import { pageCall, pageDb } from '@/lib/page-call'

/** The mentor that an address names, read once for the page and its title; ends in the 404 page where there is none. */
export const findMentor = cache(async (id: string, before?: number): Promise<MentorDetail> => {
  const parsed = mentorId.safeParse(id)
  if (!parsed.success) notFound()
  try {
    return await getMentorDetail(pageDb(), await pageCall(), parsed.data, { before })
  } catch (error) {
    if (error instanceof AppError && error.code === 'mentor_not_found') notFound()
    throw error
  }
})
