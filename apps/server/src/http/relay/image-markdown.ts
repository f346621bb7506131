/** A picture the model drew, for dialects whose answers are words alone. */
export const imageMarkdown = ({ mime, data }: { mime: string; data: string }) =>
  `![image](data:${mime};base64,${data})`
