import type { MailLanguage } from "./template.ts"

export const en: MailLanguage = {
  foot: "{site} sent this mail by itself. Nobody reads replies.",
  templates: {
    registration: {
      subject: "{code} is your code for {site}",
      paragraphs: [
        "Enter this code to finish creating your account at {site}:",
        "It is good for {minutes} minutes. If you did not ask for it, somebody mistyped their address, and you need do nothing.",
      ],
    },
    "known-account": {
      subject: "You already have an account at {site}",
      paragraphs: [
        "Somebody tried to create an account at {site} with this address. You already have one; its name is {name}.",
        "If it was you, sign in, or set a new password if you forgot yours. If it was not, you need do nothing.",
      ],
      link: { label: "Sign in", path: "/sign-in" },
    },
    reset: {
      subject: "{code} is your code for a new password at {site}",
      paragraphs: [
        "Enter this code to choose a new password for the account {name} at {site}:",
        "It is good for {minutes} minutes. If you did not ask for it, do nothing: your password stays as it is.",
      ],
    },
    "new-address": {
      subject: "{code} confirms your new address at {site}",
      paragraphs: [
        "Enter this code to use this address for the account {name} at {site}:",
        "It is good for {minutes} minutes. If you did not ask for it, you need do nothing.",
      ],
    },
    "address-changed": {
      subject: "The address of your account at {site} was changed",
      paragraphs: [
        "Mail for the account {name} at {site} now goes to {address}, and no longer here.",
        "If this was not you, somebody else can use your account: set a new password now, and tell the operator of the site.",
      ],
    },
    alarm: {
      subject: "Fewer than {threshold} points left at {site}",
      paragraphs: [
        "The account {name} at {site} has {balance} points left. You asked to be told when there are fewer than {threshold}.",
        "You will not be told again until there have been more in between.",
      ],
      link: { label: "See your account", path: "/account" },
    },
    test: {
      subject: "A test mail from {site}",
      paragraphs: ["It arrived: {site} can send mail with these settings."],
    },
  },
}
