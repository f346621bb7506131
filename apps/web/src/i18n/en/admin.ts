/** Words of the admin pages only; loaded with the first of them. */
export const admin = {
  "channels.title": "Channels",
  "prices.title": "Prices",
  "users.title": "Users",
} as const
