/** Adjectives of countries → the names that a database may hold the country by. */
const LINES = `american=United States|USA|US|U.S.|United States of America
argentine=Argentina
argentinian=Argentina
australian=Australia
austrian=Austria
belgian=Belgium
brazilian=Brazil
british=United Kingdom|UK|Great Britain
bulgarian=Bulgaria
canadian=Canada
chilean=Chile
chinese=China
colombian=Colombia
croatian=Croatia
czech=Czech Republic|Czechia
danish=Denmark
dutch=Netherlands|The Netherlands
egyptian=Egypt
english=England
estonian=Estonia
finnish=Finland
french=France
german=Germany
greek=Greece
hungarian=Hungary
icelandic=Iceland
indian=India
indonesian=Indonesia
irish=Ireland
israeli=Israel
italian=Italy
japanese=Japan
kenyan=Kenya
korean=South Korea|Korea
latvian=Latvia
lithuanian=Lithuania
mexican=Mexico
moroccan=Morocco
nigerian=Nigeria
norwegian=Norway
peruvian=Peru
polish=Poland
portuguese=Portugal
romanian=Romania
russian=Russia
scottish=Scotland
serbian=Serbia
slovak=Slovakia
slovenian=Slovenia
spanish=Spain
swedish=Sweden
swiss=Switzerland
thai=Thailand
turkish=Turkey|Türkiye
ukrainian=Ukraine
vietnamese=Vietnam
welsh=Wales
usa=United States|US|United States of America
us=United States|USA|United States of America
u.s.=United States|USA|US|United States of America
u.s.a.=United States|USA|US|United States of America
uk=United Kingdom|Great Britain
u.k.=United Kingdom|UK|Great Britain
america=United States|USA|US`;

export const DEMONYMS: ReadonlyMap<string, readonly string[]> = new Map(
  LINES.split('\n').map((line) => {
    const [adjective = '', names = ''] = line.split('=');
    return [adjective, names.split('|')] as const;
  }),
);
