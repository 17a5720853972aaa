"""Sentences of our own that answers are made with, in both languages, each in one place. Light to import."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from diag.model import Lang

# key -> (Chinese, English); {names} are filled in by `say`.
_SENTENCES = {
    # Why a reading is where it is
    "why-named": ("你写明了 {catalog}", "you named {catalog}"),
    "why-word": ("「{word}」是 {catalog} 的用语", "“{word}” belongs to {catalog}"),
    "why-shape": ("{catalog} 的代码写成 {digits} 位十六进制", "codes of {catalog} are written with {digits} hex digits"),
    "why-symbol": ("这是 {catalog} 里的名称", "it is a name in {catalog}"),
    "why-number": ("{catalog} 里有数字 {number}", "{catalog} has the number {number}"),
    "why-unsigned": ("{written} 是 {hex} 的有符号写法", "{written} is the signed form of {hex}"),
    "why-signed": ("{written} 是 {number} 的无符号写法", "{written} is the unsigned form of {number}"),
    "why-bare-hex": ("读作省去 0x 的十六进制 {hex}", "read as hex without its 0x: {hex}"),
    "why-hresult-win32": ("HRESULT 0x8007xxxx 的低 16 位是 Win32 错误 {number}", "the low half of an HRESULT 0x8007xxxx is a Win32 error: {number}"),
    "why-ntstatus-win32": ("NTSTATUS 0xC007xxxx 的低 16 位是 Win32 错误 {number}", "the low half of an NTSTATUS 0xC007xxxx is a Win32 error: {number}"),
    "why-hresult-ntstatus": ("HRESULT 0xDxxxxxxx 里包着 NTSTATUS {hex}", "an HRESULT 0xDxxxxxxx holds an NTSTATUS: {hex}"),
    "why-exit-signal": ("退出状态 {written} = 128 + 信号 {number}", "exit status {written} is 128 + signal {number}"),
    "why-negative-errno": ("内核和不少库把 errno 取负返回：{written} 即 errno {number}", "kernels and many libraries return errno negated: {written} is errno {number}"),
    # Why a search result is there
    "why-said": ("别人这样说：{phrase}", "people say: {phrase}"),
    "why-called": ("写法相近：{text}", "it reads: {text}"),
    "why-code": ("文中的代码 {code}", "the code {code} in the text"),
    "why-words": ("标题和含义里有这些词", "its title and meaning have these words"),
    "why-slip": ("与 {written} 的写法只差一点", "written almost like {written}"),
    # Labels of an answer
    "cause": ("原因", "Cause"),
    "retry": ("重试", "Retry"),
    "status": ("状态", "Status"),
    "risk": ("注意", "Risk"),
    "note": ("说明", "Note"),
    "warning": ("警惕", "Beware"),
    "verify": ("确认", "Check"),
    "claim": ("待证", "Claim"),
    "provenance": ("{trust}：{means}。来源：{title} {url}（{checked}）{more}", "{trust}: {means}. Source: {title} {url} ({checked}){more}"),
    "more-sources": ("，另有 {count} 个来源", ", and {count} more"),
    "claim-line": ("【{verdict}】{source}称：{statement}。{note}", "[{verdict}] {source} says: {statement}. {note}"),
    "with-aside": ("{text}（{aside}）", "{text} ({aside})"),
    "list-separator": ("；", "; "),
    "minutes": ("{span} 分钟", "{span} min"),
    "further-fixes": ("还可以", "Also try"),
    "not-to-confuse": ("别混淆", "Not to confuse"),
    "whom-to-ask": ("还不行，找谁", "If that does not help"),
    "have-in-hand": ("联系前备好", "Have in hand"),
    "emergency": ("紧急步骤", "Emergency"),
    "first-because": ("排在前面的理由：", "First because "),
    "also": ("也可能是", "It could also be"),
    "always-open": ("全天", "open at all hours"),
    "open-until": ("现在有人，至 {time}（{zone}）", "open now, until {time} ({zone})"),
    "opens-at": ("现在休息，{time} 开始（{zone}）", "closed now, opens {time} ({zone})"),
    "hours-unknown": ("服务时间未核实", "hours not verified"),
    "hours-doubtful": ("，时段据称", ", hours as reported"),
    "answers-human": ("人工", "people answer"),
    "answers-bot": ("机器人", "a bot answers"),
    "answers-bot-then-human": ("先机器人后人工", "a bot answers, then people"),
    "answers-self-service": ("自助", "self-service"),
    "answers-form": ("表单", "a form"),
    "answers-community": ("社区答复", "a community answers"),
    # The guide
    "guide-which": ("先确认是哪一种", "First: which of these is it?"),
    "guide-pick": ("输入编号；q 停下", "Type its number; q stops"),
    "guide-fix": ("办法 {number}/{total}：{title}", "Fix {number} of {total}: {title}"),
    "guide-step": ("第 {number}/{total} 步：{text}", "Step {number} of {total}: {text}"),
    "guide-done": ("回车 = 做完了，下一步；n = 换下一个办法；s = 已经好了；q = 停下", "Enter = done, next; n = next fix; s = it is solved; q = stop"),
    "guide-helped": ("好了吗？ y = 好了；n = 没有；q = 停下", "Did that help? y = yes; n = no; q = stop"),
    "guide-no-steps": ("这里没有可以自己做的步骤", "There are no steps to do yourself here"),
    "guide-to-channel": ("回车 = 看找谁", "Enter = whom to ask"),
    "guide-emergency": ("若钱或账号正在受损，先做紧急步骤：diag emergency {playbook}", "If money or the account is at risk right now, first: diag emergency {playbook}"),
    "guide-solved": ("好了就好。", "Good to hear that it works."),
    "guide-text": ("可以复制给客服的文字", "A text to paste for support"),
    "text-problem": ("问题：{problem}", "Problem: {problem}"),
    "text-words": ("原话：{query}", "In my words: {query}"),
    "text-time": ("时间：{time}", "Time: {time}"),
    "text-device": ("设备：{device}", "Device: {device}"),
    "text-tried": ("已试：{tried}", "Tried: {tried}"),
    "text-fill-in": ("（填上机型、系统和微信版本）", "(fill in phone, system and WeChat version)"),
    "text-nothing": ("还没有", "nothing yet"),
    # Unknown codes and empty searches
    "unknown": ("没有收录这个代码", "not a known code"),
    "unknown-means": ("本库里没有它，所以不猜含义；下面是这个数字本身能说明的和写法最接近的代码。",
                      "No catalog here has it, so nothing is guessed. Below: what the number itself says, and the codes written most like it."),
    "anatomy": ("拆开来看", "Taken apart"),
    "nearest": ("写法接近的代码", "Codes written almost like it"),
    "unsigned32": ("无符号", "unsigned"),
    "signed32": ("有符号", "signed"),
    "signed16": ("16 位有符号", "16-bit signed"),
    "high-half": ("若它只是 32 位代码的高半部分，完整的代码是 {hex} 加上低 16 位", "if it is the high half of a 32-bit code, the whole is {hex} plus 16 low bits"),
    "hresult-fields": ("按 HRESULT：失败，设施 {facility}，代码 {code}", "as an HRESULT: failure, facility {facility}, code {code}"),
    "ntstatus-fields": ("按 NTSTATUS：{severity}，设施 {facility}，代码 {code}", "as an NTSTATUS: {severity}, facility {facility}, code {code}"),
    "within": ("落在这些目录的数字范围内：{catalogs}", "within the range of numbers of {catalogs}"),
    "nothing-found": ("没有找到", "nothing found"),
    "nothing-found-means": ("换一种说法再试，或直接粘贴屏幕上的原文；`diag list symptoms` 列出能回答的症状。",
                            "Try other words, or paste what the screen says; `diag list symptoms` shows what can be answered."),
    # How far to trust a statement
    "trust-official": ("官方", "official"),
    "trust-corroborated": ("多方印证", "corroborated"),
    "trust-reported": ("据称", "reported"),
    "trust-disputed": ("有争议", "disputed"),
    "trust-official-means": ("厂商或标准在所注页面上写明", "the vendor or the standard says so, on the page named"),
    "trust-corroborated-means": ("两个独立来源说法一致", "two independent sources agree"),
    "trust-reported-means": ("有人这样说，未得到厂商证实", "somebody says so; the vendor has not confirmed it"),
    "trust-disputed-means": ("有理由怀疑，请看旁边更好的答案", "there is reason to doubt it; see the better answer beside it"),
    # Verdicts on claims
    "verdict-right": ("属实", "right"),
    "verdict-partly-right": ("部分属实", "partly right"),
    "verdict-plausible": ("说得通", "plausible"),
    "verdict-doubtful": ("存疑", "doubtful"),
    "verdict-unsourced": ("无出处", "no source"),
    "verdict-wrong": ("有误", "wrong"),
    "verdict-corrupted": ("文字损坏", "damaged text"),
    # May the caller try again
    "retry-no": ("不要重试：先排除原因", "do not retry: mend the cause first"),
    "retry-yes": ("可以立即重试", "may be retried at once"),
    "retry-after_delay": ("等一会儿再重试", "retry after a delay"),
    "retry-query_first": ("结果未知：先查清状态再决定；涉及付款时绝不重复扣款", "result unknown: query the state before anything else; where money is involved, never charge again"),
    # State of a code
    "status-withdrawn": ("已停用", "withdrawn"),
    "status-unlisted": ("只见于旧列表，可能已停用", "known from older lists only; perhaps withdrawn"),
    # Who does a fix
    "audience-user": ("用户", "user"),
    "audience-merchant": ("商户", "merchant"),
    "audience-developer": ("开发者", "developer"),
    "audience-admin": ("管理员", "administrator"),
    "audience-operator": ("运维", "operator"),
}  # fmt: skip


def say(key: str, lang: Lang, **values: object) -> str:
    """The sentence under a key, in a language, with its gaps filled."""
    return fill(_SENTENCES[key], lang, values)


def fill(sentence: tuple[str, str], lang: Lang, values: Mapping[str, object]) -> str:
    """One of the two forms of a sentence, Chinese and English, with its gaps filled."""
    zh, en = sentence
    return (zh if lang == "zh" else en).format_map(values)
