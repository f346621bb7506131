/** @see https://cloud.tencent.com/document/product/1729/104753 */
export const models = [
  "hy3-preview",
  "hunyuan-turbos-latest",
  "hunyuan-t1-latest",
  "hunyuan-turbo-latest",
  "hunyuan-turbo",
  "hunyuan-large",
  "hunyuan-large-longcontext",
  "hunyuan-pro",
  "hunyuan-standard",
  "hunyuan-standard-256K",
  "hunyuan-lite",
  "hunyuan-vision",
  "hunyuan-turbo-vision",
  "hunyuan-functioncall",
  "hunyuan-code",
  "hunyuan",
] as const
