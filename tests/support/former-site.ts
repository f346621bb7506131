import { randomBytes } from "node:crypto"
import { createConnection } from "mysql2/promise"
import { mysqlUrl } from "./databases.ts"

/** The tables of a Chat Nio database, as its newest version makes them. */
const tables = [
  `auth (id int primary key auto_increment, bind_id int unique, username varchar(24) unique,
    token varchar(255) not null, email varchar(255) unique, password varchar(64) not null,
    is_admin boolean default false, is_banned boolean default false)`,
  `quota (id int primary key auto_increment, user_id int unique, quota decimal(24,6), used decimal(24,6),
    created_at datetime default current_timestamp, updated_at datetime default current_timestamp)`,
  `subscription (id int primary key auto_increment, level int default 1, user_id int unique,
    expired_at datetime, created_at datetime default current_timestamp,
    updated_at datetime default current_timestamp, total_month int default 0,
    enterprise boolean default false)`,
  `apikey (id int primary key auto_increment, user_id int unique, api_key varchar(255) unique,
    created_at datetime default current_timestamp)`,
  `conversation (id int primary key auto_increment, user_id int, conversation_id int,
    conversation_name varchar(255), data mediumtext,
    model varchar(255) not null default 'gpt-3.5-turbo-0613', task_id varchar(255),
    updated_at datetime default current_timestamp, unique key (user_id, conversation_id))`,
  `mask (id int primary key auto_increment, user_id int, avatar varchar(255), name varchar(255),
    description text, context text, created_at datetime default current_timestamp,
    updated_at datetime default current_timestamp)`,
  `sharing (id int primary key auto_increment, hash char(32) unique, user_id int, conversation_id int,
    refs text, updated_at datetime default current_timestamp)`,
  `package (id int primary key auto_increment, user_id int, type varchar(255),
    created_at datetime default current_timestamp, unique key (user_id, type))`,
  `invitation (id int primary key auto_increment, code varchar(255) unique, quota decimal(16,4),
    type varchar(255), used boolean default false, used_id int,
    created_at datetime default current_timestamp, updated_at datetime default current_timestamp,
    unique key (used_id, type))`,
  `redeem (id int primary key auto_increment, code varchar(255) unique, quota decimal(16,4),
    used boolean default false, created_at datetime default current_timestamp,
    updated_at datetime default current_timestamp)`,
  `broadcast (id int primary key auto_increment, poster_id int, content text,
    created_at datetime default current_timestamp)`,
]

export type FormerDatabase = {
  url: string
  query(text: string, values?: unknown[]): Promise<void>
  remove(): Promise<void>
}

/** An empty Chat Nio database on the server that `TEST_MYSQL_URL` names. */
export async function formerDatabase(): Promise<FormerDatabase> {
  const name = `import_${randomBytes(6).toString("hex")}`
  const connection = await createConnection({ uri: mysqlUrl ?? "", multipleStatements: true })
  await connection.query(`create database ${name} character set utf8mb4`)
  await connection.query(`use ${name}`)
  for (const table of tables) await connection.query(`create table ${table}`)
  const url = new URL(mysqlUrl ?? "")
  url.pathname = `/${name}`
  return {
    url: url.href,
    query: async (text, values) => void (await connection.query(text, values)),
    async remove() {
      await connection.query(`drop database ${name}`)
      await connection.end()
    },
  }
}

export const placeAt = (address: string) => {
  const url = new URL(address)
  return {
    host: url.hostname,
    port: Number(url.port || 3306),
    user: url.username,
    password: url.password,
    database: url.pathname.slice(1),
  }
}
