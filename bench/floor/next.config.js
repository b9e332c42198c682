/** @type {import('next').NextConfig} */
export default {
  turbopack: { root: `${import.meta.dirname}/../..` },
  outputFileTracingRoot: `${import.meta.dirname}/../..`,
  typescript: { ignoreBuildErrors: true },
}
