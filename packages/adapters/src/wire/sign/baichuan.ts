import { md5Hex } from "./digest.ts"

/**
 * The `x-bc-signature` of Baichuan's first interface.
 *
 * @param seconds must also be sent, as `x-bc-timestamp`
 */
export const signBaichuan = (body: string, secret: string, seconds: number) =>
  md5Hex(`${secret}${body}${seconds}`)
