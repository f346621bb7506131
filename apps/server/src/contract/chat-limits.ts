/** Characters one message may have. */
export const messageCharsMax = 400_000
/** Images one message may carry. */
export const imagesMax = 8
