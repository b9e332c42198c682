import createNextIntlPlugin from 'next-intl/plugin'
import { services } from './lib/http/services.js'

const withNextIntl = createNextIntlPlugin({
  requestConfig: './lib/i18n/request.ts',
  experimental: {
    // types the arguments of messages; written by `next dev`, `next build` and `next typegen`, tsc does without it
    createMessagesDeclaration: './messages/en.json',
    // parsed when built: a browser needs no parser
    messages: { path: './messages', format: 'json', locales: 'infer', precompile: true },
  },
})

/** @type {import('next').NextConfig} */
const config = {
  outputFileTracingRoot: import.meta.dirname,
  turbopack: { root: import.meta.dirname },
  typedRoutes: true,
  poweredByHeader: false,
  reactStrictMode: true,
  // `npm run check` runs the type checker; a production build need not repeat it
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: ['pg', '@prisma/adapter-pg', '@prisma/client', 'pino', 'prom-client', 'graphile-worker'],
  async rewrites() {
    // the documented paths: a gateway mounts each service under a prefix that the service repeats
    return {
      beforeFiles: services.flatMap((service) => [
        { source: `/api/v1/${service}/api/v1/${service}`, destination: `/api/v1/${service}` },
        { source: `/api/v1/${service}/api/v1/${service}/:path*`, destination: `/api/v1/${service}/:path*` },
      ]),
    }
  },
  async headers() {
    return [
      {
        source: '/:path*',
        headers: [
          { key: 'X-Content-Type-Options', value: 'nosniff' },
          { key: 'Referrer-Policy', value: 'same-origin' },
          { key: 'Permissions-Policy', value: 'camera=(), microphone=(), geolocation=()' },
          { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
        ],
      },
    ]
  },
}
export default withNextIntl(config)
