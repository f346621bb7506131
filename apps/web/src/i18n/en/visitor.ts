/** Chatting without an account, and taking conversations along. */
export const visitor = {
  title: "Ask something",
  text: "You are not signed in: the models below are open to everybody. What you say is kept in this browser only.",
  conversations: "Your conversations",
  "new": "New chat",
  delete: "Delete {title}",
  kept: "Kept in this browser only. With an account you take your conversations along, on every device.",
  signIn: "Sign in or create an account",
  tryIt: "Try it without an account",
  "claim.title_one": "Keep your {count} conversation?",
  "claim.title_other": "Keep your {count} conversations?",
  "claim.text":
    "You had them in this browser before you signed in. Kept, they are in your account on every device.",
  "claim.keep": "Keep",
  "claim.delete": "Delete",
  claimed_one: "{count} conversation is in your account now.",
  claimed_other: "{count} conversations are in your account now.",
} as const
