// The quick switcher: what is chosen is shown, and the first letters of Chinese names.

export function reveal(id) {
  document.getElementById(id)?.scrollIntoView({ block: 'nearest' });
}

// The first character of each letter in the order of pinyin; no syllable begins with i, u or v.
const firsts = [...'阿八嚓咑妸发旮哈丌咔垃妈拏噢妑七呥仨他屲夕丫帀'];
const letters = 'abcdefghjklmnopqrstwxyz';

/** For each name its pinyin initials (张小明 → zxm), with other letters as they are; "" for names without Chinese characters. */
export function initials(names) {
  const collator = new Intl.Collator('zh-Hans-u-co-pinyin');
  // Where the system has no order by pinyin, a wrong letter would be worse than none.
  if (collator.resolvedOptions().collation !== 'pinyin' && collator.compare('北', '安') < 0) {
    return names.map(() => '');
  }
  const initial = character => {
    const after = firsts.findIndex(first => collator.compare(first, character) > 0);
    return letters[(after < 0 ? letters.length : after) - 1] ?? '';
  };
  const han = /\p{Script=Han}/u;
  return names.map(name => han.test(name)
    ? [...name].map(character => han.test(character) ? initial(character) : /[a-z0-9]/i.test(character) ? character.toLowerCase() : '').join('')
    : '');
}
