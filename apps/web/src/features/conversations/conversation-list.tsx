export const focusSearch = () => document.getElementById("conversation-search")?.focus()
export const ConversationList = () => <div className="grow" />
