CREATE TABLE `authenticators` (
	`user_id` varchar(36) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`secret` varchar(255) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`confirmed_at` bigint,
	`last_step` bigint NOT NULL,
	`created_at` bigint NOT NULL,
	CONSTRAINT `authenticators_user_id` PRIMARY KEY(`user_id`)
);
--> statement-breakpoint
CREATE TABLE `code_batches` (
	`id` varchar(36) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`kind` varchar(16) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`name` varchar(64) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`type` varchar(64) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`points` bigint NOT NULL,
	`count` int NOT NULL,
	`created_by` varchar(36) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`created_at` bigint NOT NULL,
	`expires_at` bigint,
	CONSTRAINT `code_batches_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
CREATE TABLE `codes` (
	`id` varchar(36) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`batch_id` varchar(36) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`kind` varchar(16) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`code` varchar(255) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`code_key` varchar(255) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`type` varchar(64) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`points` bigint NOT NULL,
	`created_at` bigint NOT NULL,
	`expires_at` bigint,
	`revoked_at` bigint,
	`used_at` bigint,
	`used_by` varchar(36) character set utf8mb4 collate utf8mb4_bin,
	CONSTRAINT `codes_id` PRIMARY KEY(`id`),
	CONSTRAINT `codes_key` UNIQUE(`code_key`)
);
--> statement-breakpoint
CREATE TABLE `gift_claims` (
	`user_id` varchar(36) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`type` varchar(64) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`code_id` varchar(36) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	CONSTRAINT `gift_claims_key` PRIMARY KEY(`user_id`,`type`)
);
--> statement-breakpoint
CREATE TABLE `identities` (
	`id` varchar(36) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`user_id` varchar(36) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`provider` varchar(64) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`issuer` varchar(255) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`subject` varchar(255) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`label` varchar(255) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`created_at` bigint NOT NULL,
	`last_used_at` bigint,
	CONSTRAINT `identities_id` PRIMARY KEY(`id`),
	CONSTRAINT `identities_subject` UNIQUE(`issuer`,`subject`)
);
--> statement-breakpoint
CREATE TABLE `imported` (
	`source` varchar(64) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`kind` varchar(32) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`source_id` varchar(255) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`target_id` varchar(64) character set utf8mb4 collate utf8mb4_bin,
	`reason` varchar(255) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`at` bigint NOT NULL,
	CONSTRAINT `imported_key` PRIMARY KEY(`source`,`kind`,`source_id`)
);
--> statement-breakpoint
CREATE TABLE `mail_codes` (
	`id` varchar(64) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`code_hash` varchar(64) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`attempts` int NOT NULL,
	`created_at` bigint NOT NULL,
	`expires_at` bigint NOT NULL,
	CONSTRAINT `mail_codes_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
CREATE TABLE `market_entries` (
	`model` varchar(255) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`position` int NOT NULL,
	`entry` longtext character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`updated_at` bigint NOT NULL,
	CONSTRAINT `market_entries_model` PRIMARY KEY(`model`)
);
--> statement-breakpoint
CREATE TABLE `notices` (
	`id` varchar(36) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`author_id` varchar(36) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`text` longtext character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`created_at` bigint NOT NULL,
	CONSTRAINT `notices_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
CREATE TABLE `passkeys` (
	`id` varchar(64) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`user_id` varchar(36) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`name` varchar(64) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`credential_id` longtext character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`public_key` longtext character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`counter` bigint NOT NULL,
	`transports` longtext character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`created_at` bigint NOT NULL,
	`last_used_at` bigint,
	CONSTRAINT `passkeys_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
CREATE TABLE `plan_counters` (
	`user_id` varchar(36) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`item_id` varchar(64) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`window_at` bigint NOT NULL,
	`used` bigint NOT NULL,
	CONSTRAINT `plan_counters_key` PRIMARY KEY(`user_id`,`item_id`)
);
--> statement-breakpoint
CREATE TABLE `plans` (
	`level` int NOT NULL,
	`plan` longtext character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`updated_at` bigint NOT NULL,
	CONSTRAINT `plans_level` PRIMARY KEY(`level`)
);
--> statement-breakpoint
CREATE TABLE `presets` (
	`id` varchar(36) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`user_id` varchar(36) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`number` int NOT NULL,
	`name` varchar(255) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`avatar` varchar(255) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`description` longtext character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`messages` longtext character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`created_at` bigint NOT NULL,
	`updated_at` bigint NOT NULL,
	CONSTRAINT `presets_id` PRIMARY KEY(`id`),
	CONSTRAINT `presets_number` UNIQUE(`user_id`,`number`)
);
--> statement-breakpoint
CREATE TABLE `recovery_codes` (
	`id` varchar(64) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`user_id` varchar(36) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	CONSTRAINT `recovery_codes_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
CREATE TABLE `shares` (
	`id` varchar(64) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`user_id` varchar(36) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`conversation_id` varchar(36) character set utf8mb4 collate utf8mb4_bin,
	`title` varchar(255) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`model` varchar(255) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`messages` longtext character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`created_at` bigint NOT NULL,
	CONSTRAINT `shares_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
CREATE TABLE `subscriptions` (
	`user_id` varchar(36) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`level` int NOT NULL,
	`started_at` bigint NOT NULL,
	`expires_at` bigint NOT NULL,
	`months` int NOT NULL,
	`updated_at` bigint NOT NULL,
	CONSTRAINT `subscriptions_user_id` PRIMARY KEY(`user_id`)
);
--> statement-breakpoint
ALTER TABLE `conversations` ADD `number` int;--> statement-breakpoint
ALTER TABLE `holds` ADD `plan_item` varchar(64) character set utf8mb4 collate utf8mb4_bin;--> statement-breakpoint
ALTER TABLE `holds` ADD `plan_window` bigint;--> statement-breakpoint
ALTER TABLE `prices` ADD `details` longtext character set utf8mb4 collate utf8mb4_bin;--> statement-breakpoint
ALTER TABLE `sessions` ADD `address` varchar(64) character set utf8mb4 collate utf8mb4_bin DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `sessions` ADD `last_seen_at` bigint;--> statement-breakpoint
ALTER TABLE `sessions` ADD `proven_at` bigint;--> statement-breakpoint
ALTER TABLE `sessions` ADD `kind` varchar(16) character set utf8mb4 collate utf8mb4_bin DEFAULT 'cookie' NOT NULL;--> statement-breakpoint
ALTER TABLE `usage_log` ADD `plan_item` varchar(64) character set utf8mb4 collate utf8mb4_bin;--> statement-breakpoint
ALTER TABLE `usage_log` ADD `media_ms` int DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `users` ADD `email` varchar(255) character set utf8mb4 collate utf8mb4_bin;--> statement-breakpoint
ALTER TABLE `users` ADD `email_key` varchar(255) character set utf8mb4 collate utf8mb4_bin;--> statement-breakpoint
ALTER TABLE `users` ADD `email_verified` boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `users` ADD `language` varchar(16) character set utf8mb4 collate utf8mb4_bin;--> statement-breakpoint
ALTER TABLE `users` ADD `number` int;--> statement-breakpoint
ALTER TABLE `users` ADD `alarm_below` bigint;--> statement-breakpoint
ALTER TABLE `users` ADD `alarmed_at` bigint;--> statement-breakpoint
ALTER TABLE `conversations` ADD CONSTRAINT `conversations_number` UNIQUE(`user_id`,`number`);--> statement-breakpoint
ALTER TABLE `users` ADD CONSTRAINT `users_email_key` UNIQUE(`email_key`);--> statement-breakpoint
ALTER TABLE `users` ADD CONSTRAINT `users_number` UNIQUE(`number`);--> statement-breakpoint
CREATE INDEX `code_batches_kind` ON `code_batches` (`kind`,`created_at`);--> statement-breakpoint
CREATE INDEX `codes_kind` ON `codes` (`kind`,`id`);--> statement-breakpoint
CREATE INDEX `codes_batch` ON `codes` (`batch_id`);--> statement-breakpoint
CREATE INDEX `codes_user` ON `codes` (`used_by`);--> statement-breakpoint
CREATE INDEX `identities_user` ON `identities` (`user_id`);--> statement-breakpoint
CREATE INDEX `imported_target` ON `imported` (`kind`,`target_id`);--> statement-breakpoint
CREATE INDEX `mail_codes_expiry` ON `mail_codes` (`expires_at`);--> statement-breakpoint
CREATE INDEX `market_entries_position` ON `market_entries` (`position`);--> statement-breakpoint
CREATE INDEX `notices_at` ON `notices` (`created_at`);--> statement-breakpoint
CREATE INDEX `passkeys_user` ON `passkeys` (`user_id`);--> statement-breakpoint
CREATE INDEX `recovery_codes_user` ON `recovery_codes` (`user_id`);--> statement-breakpoint
CREATE INDEX `shares_user` ON `shares` (`user_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `subscriptions_expiry` ON `subscriptions` (`expires_at`);--> statement-breakpoint
CREATE INDEX `audit_log_actor` ON `audit_log` (`actor_id`,`at`);