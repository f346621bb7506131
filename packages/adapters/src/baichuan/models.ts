/** @see https://platform.baichuan-ai.com/docs/api */
export const models = [
  "Baichuan-M3-Plus",
  "Baichuan-M3",
  "Baichuan-M2-Plus",
  "Baichuan-M2",
  "Baichuan4",
  "Baichuan4-Turbo",
  "Baichuan4-Air",
  "Baichuan3-Turbo",
  "Baichuan3-Turbo-128k",
  "Baichuan2-Turbo",
  "baichuan-53b",
] as const
