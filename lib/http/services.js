// Plain JavaScript: next.config.js reads it too.
/** The services that a gateway mounts under their own prefix, so that their documented paths are doubled. */
export const services = [
  'certifications',
  'certification-bloc',
  'peer-mentor-bloc',
  'mentor-status-sync',
  'duplicate-events',
]
