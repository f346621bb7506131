/** Conversations a browser keeps for somebody without an account, and hands over when they get one. */
export const visitorConversationsMax = 20
/** Messages of one of them. */
export const visitorMessagesMax = 100
/** Characters of one message. */
export const visitorCharsMax = 32_000
