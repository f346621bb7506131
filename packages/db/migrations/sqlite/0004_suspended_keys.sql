CREATE TABLE `suspended_keys` (
	`key_id` text PRIMARY KEY NOT NULL,
	`channel_id` text NOT NULL,
	`message` text NOT NULL,
	`since` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `suspended_keys_channel` ON `suspended_keys` (`channel_id`);