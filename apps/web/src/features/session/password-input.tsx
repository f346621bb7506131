import { Eye, EyeOff } from "lucide-react"
import { type ComponentProps, useState } from "react"
import { useTranslation } from "react-i18next"
import { IconButton } from "../../ui/icon-button.tsx"
import { Input } from "../../ui/input.tsx"

export function PasswordInput(props: ComponentProps<"input">) {
  const { t } = useTranslation()
  const [shown, setShown] = useState(false)
  return (
    <div className="relative">
      <Input {...props} type={shown ? "text" : "password"} className="pr-11" />
      <IconButton
        label={t(shown ? "password.hide" : "password.show")}
        size="sm"
        className="absolute top-1.5 right-1.5"
        onClick={() => setShown(!shown)}
      >
        {shown ? <EyeOff className="size-4" /> : <Eye className="size-4" />}
      </IconButton>
    </div>
  )
}
