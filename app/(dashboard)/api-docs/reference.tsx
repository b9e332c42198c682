'use client'

import { useEffect, useRef } from 'react'
import 'swagger-ui-dist/swagger-ui.css'
import styles from './reference.module.css'

/** The document to be read and tried out; a large script, loaded on this page only, from this server. */
export function Reference() {
  const place = useRef<HTMLDivElement>(null)

  useEffect(() => {
    const node = document.createElement('div')
    place.current?.append(node)
    let left = false
    void import('swagger-ui-dist/swagger-ui-es-bundle.js').then(({ default: swaggerUi }) => {
      if (left) return
      swaggerUi({
        domNode: node,
        url: '/api/v1/openapi.json',
        // nothing leaves this server
        validatorUrl: null,
        docExpansion: 'none',
        defaultModelsExpandDepth: 0,
        // an address's # belongs to the error codes
        deepLinking: false,
      })
    })
    return () => {
      left = true
      node.remove()
    }
  }, [])

  return <div ref={place} lang="en" className={`${styles.ground} min-h-96 overflow-x-auto rounded-b-box pb-4`} />
}
