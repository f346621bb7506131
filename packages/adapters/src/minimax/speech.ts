import { judge as judgeAsOpenai } from "../openai/errors.ts"
import { taskOf } from "../wire/ask-task.ts"
import { count, record, text } from "../wire/json.ts"
import { brokenError } from "../wire/upstream-error.ts"
import { fieldsOf } from "../wire/vectors.ts"
import { errors, failed } from "./errors.ts"

const voiceDefault = "male-qn-qingse"
const types: Record<string, string> = {
  mp3: "audio/mpeg",
  wav: "audio/wav",
  flac: "audio/flac",
  pcm: "audio/pcm",
}

/** Audio comes as hexadecimal digits, its length in milliseconds. @see https://platform.minimaxi.com/docs/api-reference/speech-t2a-http */
export const speech = taskOf({
  buildRequest(request, { baseUrl, key }) {
    const { input, voice, speed } = fieldsOf(request)
    // A voice of OpenAI's is nobody here.
    const known = typeof voice === "string" && /[-_]/.test(voice) ? voice : voiceDefault
    const body = {
      model: request.model,
      text: input,
      stream: false,
      voice_setting: { voice_id: known, speed: speed ?? 1 },
      audio_setting: { format: formatOf(fieldsOf(request)) },
    }
    return {
      url: `${baseUrl.replace(/\/v1(\/text\/chatcompletion_v2)?$/, "")}/v1/t2a_v2`,
      headers: { authorization: `Bearer ${key}` },
      body: JSON.stringify(body),
    }
  },
  readDocument({ data, extra_info }, request) {
    const audio = text(record(data).audio)
    if (!audio) throw brokenError("The upstream answered without audio.")
    const type = types[formatOf(fieldsOf(request))] ?? "audio/mpeg"
    const mediaMs = count(record(extra_info).audio_length)
    return {
      body: { bytes: Buffer.from(audio, "hex"), type },
      ...(mediaMs && { usage: { input: 0, output: 0, mediaMs } }),
    }
  },
  failureIn: failed.in,
  judge: (failure) => judgeAsOpenai(failure, errors),
})

const formatOf = ({ response_format: format }: Readonly<Record<string, unknown>>) =>
  typeof format === "string" && format in types ? format : "mp3"
