import { viewDuplicateEvidence } from '@/domain/duplicate-events/evidence-queries'
import { duplicateEvidenceView } from '@/domain/duplicate-events/review-schema'
import { read, resource } from '@/lib/http/endpoint'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: read(
    {
      summary: 'See how right the evidence has been so far',
      description:
        'From the decisions that stand: how often a comparison that fell into a level, and a probability within a band, turned out to be one session.',
      response: duplicateEvidenceView,
    },
    (db, call) => viewDuplicateEvidence(db, call),
  ),
})
