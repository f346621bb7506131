PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `__new_accounts` (
	`id` text PRIMARY KEY NOT NULL,
	`available` integer NOT NULL,
	`held` integer NOT NULL,
	CONSTRAINT "accounts_not_negative" CHECK(available >= 0 and held >= 0 and available + held <= 9007199254740991)
);
--> statement-breakpoint
INSERT INTO `__new_accounts`("id", "available", "held") SELECT "id", "available", "held" FROM `accounts`;--> statement-breakpoint
DROP TABLE `accounts`;--> statement-breakpoint
ALTER TABLE `__new_accounts` RENAME TO `accounts`;--> statement-breakpoint
PRAGMA foreign_keys=ON;