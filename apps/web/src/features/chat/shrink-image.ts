/** Longer sides than this tell no model more, and cost tokens. */
const sidePixelsMax = 2_048
const bytesKeptMax = 1_500_000
const quality = 0.88
const kept = ["image/png", "image/jpeg", "image/webp", "image/gif"]

/** An image file as a data URL, made smaller when it is large. @throws when it is not an image */
export async function shrinkImage(file: Blob): Promise<string> {
  const picture = await createImageBitmap(file)
  const scale = Math.min(1, sidePixelsMax / Math.max(picture.width, picture.height))
  if (scale === 1 && file.size <= bytesKeptMax && kept.includes(file.type)) return dataUrl(file)

  const canvas = new OffscreenCanvas(
    Math.max(1, Math.round(picture.width * scale)),
    Math.max(1, Math.round(picture.height * scale)),
  )
  canvas.getContext("2d")!.drawImage(picture, 0, 0, canvas.width, canvas.height)
  return dataUrl(await canvas.convertToBlob({ type: "image/webp", quality }))
}

function dataUrl(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(reader.result as string)
    reader.onerror = () => reject(reader.error)
    reader.readAsDataURL(blob)
  })
}
