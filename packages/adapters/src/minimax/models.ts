/** @see https://platform.minimaxi.com/docs/guides/models-intro */
export const models = [
  "MiniMax-M3",
  "MiniMax-M2.7",
  "MiniMax-M2.7-highspeed",
  "MiniMax-M2.5",
  "MiniMax-M2.5-highspeed",
  "MiniMax-M2.1",
  "MiniMax-M2",
  "M2-her",
  "abab6.5s-chat",
  "abab6.5-chat",
  "abab5.5-chat",
] as const
