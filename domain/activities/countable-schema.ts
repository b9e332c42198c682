import { z } from 'zod'

/** When an activity counts, by the organisation's own reading. */
export const countableSettings = z.strictObject({
  participants: z.int().min(0).max(1000).meta({ description: 'From this number of participants on.' }),
  minutes: z.int().min(0).max(1440).meta({ description: 'From this duration on.' }),
  once_a_day: z.boolean().meta({ description: 'Several of one mentor, type and day count once.' }),
})
export type CountableSettings = z.output<typeof countableSettings>

/** All of it: what is left out would otherwise be anybody's guess. */
export const countableBody = z.object(countableSettings.shape)
