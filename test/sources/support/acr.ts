/** A webhook of a registry, with other values at some keys. */
export const image = (more: object): Record<string, unknown> => ({
  id: 'e1c2d3b4-1000-4e5f-8a90-0a1b2c3d4e5f',
  timestamp: '2026-11-18T10:20:30.123456789Z',
  action: 'push',
  target: {
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    size: 1784,
    digest: 'sha256:5b0bcabd1ed22e9fb1310cf6c2dec7cdef19f0ad69efa1f392e94a4333501270',
    length: 1784,
    repository: 'shop/checkout',
    tag: '4.2.0',
  },
  request: {
    id: 'c0a80101-1000-4e5f-8a90-0a1b2c3d4e5f',
    host: 'shopregistry.azurecr.io',
    method: 'PUT',
    useragent: 'docker/27.3.1',
  },
  ...more,
});
