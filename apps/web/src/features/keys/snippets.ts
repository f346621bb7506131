/** Stands where the key goes. */
export const keyPlaceholder = "YOUR_KEY"

type Site = { origin: string; model: string }

/**
 * How to use a key with what people already have. Names of programs and code are the same in every
 * language.
 */
export const snippets = [
  {
    id: "curl",
    name: "curl",
    text: ({ origin, model }: Site) => `curl ${origin}/v1/chat/completions \\
  -H "Authorization: Bearer ${keyPlaceholder}" \\
  -H "Content-Type: application/json" \\
  -d '{
    "model": "${model}",
    "messages": [{ "role": "user", "content": "Hello" }]
  }'`,
  },
  {
    id: "python",
    name: "Python",
    text: ({ origin, model }: Site) => `# pip install openai
from openai import OpenAI

client = OpenAI(base_url="${origin}/v1", api_key="${keyPlaceholder}")
answer = client.chat.completions.create(
    model="${model}",
    messages=[{"role": "user", "content": "Hello"}],
)
print(answer.choices[0].message.content)`,
  },
  {
    id: "javascript",
    name: "JavaScript",
    text: ({ origin, model }: Site) => `// npm install openai
import OpenAI from "openai"

const client = new OpenAI({ baseURL: "${origin}/v1", apiKey: "${keyPlaceholder}" })
const answer = await client.chat.completions.create({
  model: "${model}",
  messages: [{ role: "user", content: "Hello" }],
})
console.log(answer.choices[0].message.content)`,
  },
  {
    id: "claude-code",
    name: "Claude Code",
    text: ({ origin, model }: Site) => `export ANTHROPIC_BASE_URL=${origin}
export ANTHROPIC_AUTH_TOKEN=${keyPlaceholder}
export ANTHROPIC_MODEL=${model}
claude`,
  },
  {
    id: "codex",
    name: "Codex",
    text: ({ origin, model }: Site) => `# ~/.codex/config.toml
model = "${model}"
model_provider = "nio"

[model_providers.nio]
name = "Chat Nio"
base_url = "${origin}/v1"
env_key = "NIO_API_KEY"
wire_api = "responses"

# export NIO_API_KEY=${keyPlaceholder}`,
  },
  {
    id: "langchain",
    name: "LangChain",
    text: ({ origin, model }: Site) => `# pip install langchain-openai
from langchain_openai import ChatOpenAI

chat = ChatOpenAI(model="${model}", base_url="${origin}/v1", api_key="${keyPlaceholder}")
print(chat.invoke("Hello").content)`,
  },
  {
    id: "gemini",
    name: "Gemini SDK",
    text: ({ origin, model }: Site) => `# pip install google-genai
from google import genai

client = genai.Client(api_key="${keyPlaceholder}", http_options={"base_url": "${origin}"})
answer = client.models.generate_content(model="${model}", contents="Hello")
print(answer.text)`,
  },
  {
    id: "nextchat",
    name: "NextChat",
    text: ({ origin, model }: Site) => `docker run -p 3000:3000 \\
  -e BASE_URL=${origin} \\
  -e OPENAI_API_KEY=${keyPlaceholder} \\
  -e CUSTOM_MODELS=+${model} \\
  yidadaa/chatgpt-next-web`,
  },
] as const
