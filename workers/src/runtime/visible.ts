/*
 * Text that others wrote - a topic's description, a token's symbol, an endpoint's answer - may hold characters that cannot be
 * seen, turn a line around, or move a terminal. They are shown by their number, everywhere.
 */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Cn}\p{Default_Ignorable_Code_Point}]/u
const EVERY_UNSEEN = new RegExp(UNSEEN, 'gu')

/** A text with each unseen character as its number, such as \u{202e}. */
export function visible(text: string): string {
  return text.replace(EVERY_UNSEEN, numbered)
}

/** As `visible`, for texts of several lines of our own. */
export function visibleLines(text: string): string {
  return text.split('\n').map(visible).join('\n')
}

/** The first unseen character of a text by its number; undefined where all of it can be seen. */
export function unseenIn(text: string): string | undefined {
  const found = UNSEEN.exec(text)?.[0]
  return found === undefined ? undefined : numbered(found)
}

/** JSON in which unseen characters stand by their number: the same value, harmless to look at. */
export function visibleJson(json: string): string {
  return json.replace(EVERY_UNSEEN, (character) =>
    Array.from({ length: character.length }, (_, i) => {
      const unit = character.charCodeAt(i).toString(16)
      return `\\u${unit.padStart(4, '0')}`
    }).join(''),
  )
}

function numbered(character: string): string {
  return `\\u{${character.codePointAt(0)!.toString(16)}}`
}
