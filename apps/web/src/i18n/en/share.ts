/** A conversation somebody shared, for whoever has its address. */
export const share = {
  open: "Start your own chat",
  by: "Shared by {name}, {date} · {model}",
  gone: "Nothing is shared here",
  goneText: "The address may be incomplete, or whoever shared it has taken it back.",
  failed: "The conversation could not be loaded",
  question: "Question",
  answer: "Answer",
  instructions: "Instructions to the model",
  picture: "Picture {number}",
} as const
