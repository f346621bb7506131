/** Words of the pages of one's account, and of the way to one; loaded with the first of them. */
export const account = {
  "nav.profile": "Profile",
  "nav.security": "Security",
} as const
