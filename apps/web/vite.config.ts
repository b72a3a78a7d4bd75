import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  base: '/app/',
  plugins: [react()],
  worker: { format: 'es' },
  build: {
    target: 'es2023',
    manifest: true,
    // A picture that is written into a style would need a wider content policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  // For `vite dev`: the API stays where it is, and the page is at one origin with it.
  server: { proxy: { '/v1': 'http://127.0.0.1:3000', '/app/session': 'http://127.0.0.1:3000' } },
});
