/** Why a text is not an answer: the model says that it can't see an image, or that it won't answer. */
export type Refusal = 'blind' | 'refused';

/** How models talk about themselves in one language; sources of patterns for lower-case text. */
interface Speech {
  /** Openings: apologies, greetings, and what the model says it is. */
  readonly opening: string;
  /** The beginning of a sentence about what the model can't do. If the verb comes last, its end. */
  readonly cannot: string;
  /** Words for seeing, for images, and for other things that models refuse. */
  readonly see: string;
  readonly image: string;
  readonly help: string;
  /** The beginning of a sentence that says there is no image. */
  readonly none: string;
}

const SPEECH: readonly Speech[] = [
  {
    opening:
      "(?:i'm|i am|we're) (?:so |very |really |truly )?(?:sorry|afraid)|sorry|(?:my )?(?:sincere )?apologies|i (?:do )?apologi[sz]e(?: for [^,.!;]{1,60})?|unfortunately|regrettably|as an? [^,.!?]{2,60}?(?=,| i )|i(?:'m| am) (?:just )?an? [^,.!?]{0,60}(?:ai|model|assistant)[^,.!?]{0,20}?(?= and|[,.])|i(?:'m| am|'d be| would be) (?:happy|glad) to (?:help|assist|describe)[^,.!?]{0,60}|i(?:'d| would) love to[^,.!?]{0,60}|i understand[^,.!?]{0,80}|thank(?:s| you)[^,.!?]{0,60}|hello|hi|hey|sure|okay|oh|ah|hmm|well|it (?:seems|appears|looks)(?: like| as (?:if|though)| that)?|there seems|but|however|and|that|so|because",
    cannot:
      "i(?:'m| am)? (?:currently |still |really |just |also )?(?:can't|cannot|can not|could not|couldn't|don't|do not|didn't|did not|haven't|have not|won't|will not|unable|not (?:currently )?(?:able|capable|allowed|comfortable|going)|lack|must (?:respectfully )?(?:decline|refuse)|have no|see no)|(?:unable to|cannot|can't|can not|not able to) (?:see|view|access|process|load|open|analy[sz]e)|(?:this|the) (?:content|request|image) (?:violates|may violate|goes against|contains [^.!?]{0,40}that i )",
    see: 'see|view|look|access|open|process|analy[sz]e|perceive|interpret|receive|capab|vision',
    image: 'images?|pictures?|photos?|photographs?|attachments?|screenshots?|visuals?|visual content',
    help: 'help (?:you|with)|do (?:that|so)|violat|against|that i can|assist|provide|identify|identifying|describe|describing|comply|fulfil|generate|recogni[sz]|discuss|decline|refuse|respond|engage',
    none: "(?:there(?: is|'s| was| are| appears to be| seems to be)|i see) no (?:image|picture|photo|attachment)s?(?= (?:here|attached|provided|uploaded|included|available|given|visible|present|shown|for me|to (?:describe|see|view)|in (?:your|our|the|this) (?:message|conversation|chat|request|prompt|input))|[.!?,]|$)|no (?:image|picture|photo)s?\\b.{0,12}(?:provided|attached|uploaded|found|included|received|available|visible|given|supplied|present|detected|shared|sent)|(?:the|your|this) (?:image|picture|photo)\\b[^.!?]{0,30}(?:n't|not)(?: been| be)? (?:visible|available|provided|attached|uploaded|displayed|loaded|shown|included|accessible|received|load|appear|come through|display)|(?:the |your )?(?:image|picture|photo) (?:(?:is|appears to be|seems to be) missing|(?:is )?(?:not|un) ?(?:provided|available|found|attached|visible|accessible|loaded|loading))|(?:can|could) you (?:please )?(?:provide|upload|attach|share|send|re-?upload)[^.!?]{0,40}(?:image|picture|photo)|i (?:would )?need (?:to see )?(?:the|an) (?:image|picture|photo)|without (?:seeing|access to|being able to see)[^.!?]{0,20}(?:image|picture|photo)|you (?:haven't|have not|didn't|did not|forgot)[^.!?]{0,40}(?:image|picture|photo)|please (?:provide|upload|attach|share|send|include|paste|give)[^.!?]{0,40}(?:image|picture|photo)[^.]{0,60}(?: me | i |i'(?:d|ll)|you'd|you would|describe)|please (?:provide|give|send) me",
  },
  {
    opening:
      '(?:es )?tut mir (?:sehr |wirklich )?leid|entschuldigung|entschuldigen sie|verzeihung|leider|als [^,.!?]{2,60}?(?=,| (?:kann|habe|bin|sehe) ich)|hallo|es (?:scheint|sieht so aus)|ich bedau[^,.!?]{2,40}|aber|jedoch|dass|als ob',
    cannot:
      '(?:(?:dabei|damit|das|hierbei) )?(?:(?:kann|konnte|sehe|habe|bin|darf|erkenne) ich|ich (?:kann|konnte|sehe|habe|bin|darf|erkenne))(?=[^.!?]*(?:nicht|kein|außerstande))',
    see: 'sehe|anzeig|ansehen|anschau|betracht|analys|verarbeit|zugreif|zugriff|öffne|erkenn|erhalten',
    image: 'bild|foto|grafik|abbildung|anhang|screenshot',
    help: 'helfen|weiterhelfen|unterstütz|beschreib|bereitstell|erfüll|beantwort|identifizier|behilflich',
    none: '(?:es (?:wurde|ist|gibt|liegt)|sie haben|du hast) (?:mir |hier |leider )*kein\\S* (?:bild|foto)|kein (?:bild|foto)\\b.{0,12}(?:vorhanden|bereitgestellt|angehängt|hochgeladen|verfügbar|gefunden|erhalten|sichtbar)|das bild (?:wurde|ist|konnte) (?:leider )?nicht|bitte (?:laden|lade|stellen|stelle|fügen|füge|senden|sende)[^.!?]{0,30}bild[^.]{0,60}(?:ich|mir|beschreib)',
  },
  {
    opening:
      "(?:je suis |nous sommes )?(?:vraiment |sincèrement )?désolée?s?|malheureusement|pardon|excusez-moi|je m'excuse|en tant qu[^,.!?]{2,60}|bonjour|il semble(?:rait)?(?: bien)?|mais|cependant|toutefois|que?",
    cannot: "je (?:ne |n')(?:peux|puis|vois|suis|parviens|arrive|dispose|ai|reçois)",
    see: 'voir|vois|visualis|affich|analys|accéd|accès|ouvrir|trait|reçu|regard|consult',
    image: 'image|photo|illustration|pièce jointe|capture',
    help: 'aider|assister|fournir|décrire|répondre|identifier|satisfaire|accéder à (?:cette|votre) demande',
    none: "aucune (?:image|photo)|il n'y a (?:pas d'|aucune )(?:image|photo)|pas d'(?:image|illustration)|vous n'a(?:vez|yez)[^.!?]{0,20}(?:image|photo)|l'image (?:n'|ne )[^.!?]{0,12}(?:fournie|jointe|visible|disponible|affich|charg)|veuillez (?:fournir|joindre|télécharger|envoyer)[^.!?]{0,20}(?:image|photo)",
  },
  {
    opening:
      'lo (?:siento|lamento)(?: mucho)?|disculp[ae]|perdón|perdon[ae]|lamentablemente|desafortunadamente|como [^,.!?]{2,60}|hola|(?:parece|al parecer)|pero|sin embargo|que',
    cannot: '(?:yo )?no (?:puedo|veo|tengo|he|soy|pude|logro|estoy|me es)',
    see: 'ver|veo|visualiz|analiz|acced|acceso|abrir|proces|recib|mirar|observ',
    image: 'imagen|imágenes|foto|captura|adjunt',
    help: 'ayudar|asistir|proporcionar|describir|responder|identificar|cumplir|ofrecer',
    none: 'ninguna (?:imagen|foto)[^.!?]{0,20}(?:proporcion|adjunt|encontr|disponible)|no (?:hay|existe|se (?:ha|proporcion|adjunt|encontr))[^.!?]{0,25}(?:imagen|foto)|(?:la|tu|su) imagen no (?:está|fue|se |ha )|no ha[ys]? [^.!?]{0,25}(?:imagen|foto)|por favor,? (?:sub|adjunt|proporcion|compart|enví)[^.!?]{0,25}(?:imagen|foto)',
  },
  {
    opening:
      'desculp[ae]|lamento|sinto muito|infelizmente|perdão|como [^,.!?]{2,60}|olá|parece|mas|porém|no entanto|que',
    cannot: '(?:eu )?não (?:posso|consigo|vejo|tenho|sou|recebi|estou|é possível|foi possível)',
    see: 'ver|vejo|visualiz|analis|acess|aced|abrir|process|receb|olhar',
    image: 'imagem|imagens|foto|anexo|captura',
    help: 'ajud|auxili|fornec|descrev|respond|identific|atend|oferec',
    none: 'nenhuma (?:imagem|foto)|não (?:há|existe|foi|encontrei)[^.!?]{0,25}(?:imagem|foto)|a imagem não (?:foi|está|pôde)|você não[^.!?]{0,25}(?:imagem|foto)|por favor,? (?:envi|anex|forneç|compartilh|carreg)[^.!?]{0,25}(?:imagem|foto)',
  },
  {
    opening:
      'mi (?:dispiace|spiace)(?: molto)?|scusa(?:mi)?|spiacente|purtroppo|come [^,.!?]{2,60}|ciao|(?:sembra|pare)|ma|tuttavia|che',
    cannot: '(?:io )?non (?:posso|riesco|vedo|sono|ho|potrei|mi è)',
    see: 'vede|vedo|visualizz|analizz|acced|access|aprire|elabor|ricev|guard',
    image: 'immagin|foto|allegat',
    help: 'aiutar|assist|fornire|descriver|risponder|identificar|soddisfar',
    none: "nessun[a']? ?(?:immagine|foto)|non (?:c'è|è stata|sia stata|hai|vedo)[^.!?]{0,25}(?:immagine|foto)|l'immagine non (?:è|può)|(?:per favore|ti prego),? (?:caric|alleg|forni|invi)[^.!?]{0,25}(?:immagine|foto)",
  },
  {
    opening:
      '(?:het )?spijt me|sorry|helaas|excuses|als [^,.!?]{2,60}?(?=,| (?:kan|heb|ben) ik)|hallo|het (?:lijkt|ziet)[^,.!?]{0,20}|maar|dat',
    cannot: '(?:(?:kan|zie|heb|ben) ik|ik (?:kan|zie|heb|ben))(?=[^.!?]*(?:niet|geen))',
    see: 'zien|zie|bekijk|analyser|openen|verwerk|ontvang|toegang',
    image: 'afbeelding|foto|beeld|plaatje',
    help: 'help|assister|verstrek|beschrijv|beantwoord|identific',
    none: '(?:er (?:is|werd)|je hebt|u hebt) geen (?:afbeelding|foto|beeld)|geen (?:afbeelding|foto) (?:gevonden|beschikbaar|toegevoegd|ontvangen)',
  },
  {
    opening:
      '(?:bardzo )?przepraszam|(?:jest )?(?:mi )?przykro(?: mi)?|niestety|jako [^,.!?]{2,60}?(?=,| nie )|witaj|cześć|wygląda na to|wydaje się|ale|jednak|że',
    cannot: '(?:ja )?nie (?:mogę|widzę|jestem|mam|otrzyma|potrafię)',
    see: 'zobacz|widz|wyświetl|analiz|przeanaliz|dostęp|otworzy|przetw|otrzyma',
    image: 'obraz|zdję|grafik|załącznik|fotograf',
    help: 'pomóc|pomaga|opisa|udzieli|dostarcz|odpowied|spełni|zidentyfik',
    none: '(?:brak|nie ma) (?:obraz|zdję)|obraz nie (?:został|jest)|nie (?:załącz|przesłan|dołącz)[^.!?]{0,20}(?:obraz|zdję)',
  },
  {
    opening:
      '(?:я )?(?:прошу прощения|извиняюсь)|извините|простите|(?:мне )?(?:очень )?жаль|к сожалению|как [^,.!?]{2,60}?(?=,| я )|я[ —-]+[^,.!?]{0,20}(?:модель|ассистент|ии)[^,.!?]{0,20}|здравствуйте|привет|похоже|кажется|судя по всему|но|однако|что|и',
    cannot:
      '(?:я )?(?:пока |сейчас |действительно |, )?не (?:могу|вижу|получил|имею|умею|способ|в состоянии|смогу)',
    see: 'вид|виж|увид|просм|смотр|посмотр|проанализ|анализ|обраб|доступ|открыть|получ|распозна|воспри',
    image: 'изображен|картин|фото|рисун|снимок|снимк',
    help: 'помочь|сделать|помога|описа|предостав|выполн|ответ|обсужд|опозна|идентиф',
    none: '(?:изображени[ея]|картинк[аи]|фото\\S*) не (?:был\\S* )?(?:предоставл|загруж|прикрепл|прилож|отображ|видн|найд|получ|доступ)|вы не (?:предоставили|прикрепили|загрузили|приложили)|(?:здесь )?нет (?:изображения|картинки|фото)(?= (?:для|в )|[.!?,]|$)|изображени[ея] отсутству|пожалуйста,? (?:загруз|прикреп|предостав|пришл|отправ)\\S*[^.!?]{0,30}(?:изображени|картинк|фото)',
  },
  {
    opening:
      'вибачте|перепрошую|пробачте|(?:мені )?(?:дуже )?шкода|на жаль|як [^,.!?]{2,60}?(?=,| я )|вітаю|схоже|здається|але|однак|що',
    cannot: '(?:я )?не (?:можу|бачу|отрима|маю|вмію)',
    see: 'бач|перегля|проаналіз|аналіз|оброб|доступ|відкри|отрима',
    image: 'зображен|картин|фото|світлин',
    help: 'допомог|опис|нада|викона|відпов',
    none: 'зображення не (?:було )?(?:надан|завантаж|прикріп|дода|вид)|ви не (?:надали|додали|завантажили|прикріпили)|немає (?:зображення|картинки|фото)(?=[.!?,]|$)',
  },
  {
    opening:
      '(?:很|非常|十分)?(?:抱歉|遗憾|遺憾)|对不起|對不起|不好意思|您好|你好|作[为為][^，。！？]{2,30}?(?=，|我)|但是?|不过|由于|因为|看起来|看来|似乎',
    cannot:
      '我?(?:是[^，。]{2,20}，)?(?:目前|暂时|现在|并|還|还)?(?:无法|無法|不能|没办法|看不到|看不见|看不見|没有?(?:看到|收到)|沒有?(?:看到|收到)|未能|不具备)',
    see: '看|识别|識別|分析|访问|訪問|读取|打开|收到|接收',
    image: '图|圖|照片|相片',
    help: '帮助|幫助|协助|協助|提供|描述|回答|满足|完成|处理',
    none: '(?:没有|沒有|未|并未)(?:提供|上传|上傳|检测到|找到|收到|看到|附上)?(?:任何)?(?:图|圖|照片)|[您你](?:似乎|好像)?(?:没有|沒有|还没有|未)[^。，]{0,8}(?:图|圖|照片)|请[您你]?(?:提供|上传|发送|附上)[^。]{0,12}(?:图|照片)[^。]{0,30}(?:我|描述)|[图圖][片像](?:未|没有|沒有|无法|無法)',
  },
  {
    opening:
      '(?:大変)?申し訳(?:ありません|ございません|ない(?:です)?)|すみません|ごめんなさい|残念ながら|恐れ入ります|私は[^。、]{0,30}(?:ですので|なので|のため)|が|けど|、',
    cannot:
      '(?:私|画像|この画像|写真|この写真|ご?提供|添付|その|ご|お)?.{0,60}(?:できません|できない|られません|れません|見えません|ていません|かねます|ありません)(?:でした)?(?:が|ので|$)',
    see: '見|閲覧|確認|認識|分析|解析|処理|アクセス|表示|開く|受け取',
    image: '画像|写真|イメージ|添付',
    help: '手伝い|支援|対応|提供|説明|回答|応え',
    none: '(?:画像|写真)(?:が|は)(?:提供|添付|アップロード|表示|見)[^。]{0,6}(?:ません|ない)|(?:画像|写真)を(?:提供|添付|アップロード)して',
  },
  {
    opening:
      '(?:정말 |대단히 )?죄송(?:합니다만|하지만|합니다|해요)|미안(?:합니다|하지만|해요)|안타깝게도|유감(?:스럽게도|입니다만)|저는 [^,.]{0,30}(?:로서|이므로|이라서|이기 때문에)|하지만|그러나',
    cannot:
      '(?:저는|제가|현재|이미지|사진|제공|첨부|그|해당|요청).{0,60}(?:없습니다|없어요|없네요|못합니다|못했습니다|않습니다|않았습니다|않아요)|.{0,40}수 없(?:습니다|어요)$',
    see: '볼|보이|보는|확인|분석|인식|처리|접근|열 수|받지',
    image: '이미지|사진|그림|첨부',
    help: '도와|도움|제공|답변|설명|요청|드릴',
    none: '(?:첨부된 |제공된 )?(?:이미지|사진)(?:가|이) 없|(?:이미지|사진)(?:가|이|를|을)? ?(?:제공|첨부|업로드|보이)[^.]{0,8}(?:않|없)|(?:이미지|사진)(?:를|을) (?:제공|첨부|업로드)해',
  },
];

/** Letters at the beginning of a word; in scripts without spaces, anywhere. */
const start = (source: string, flags = 'u'): RegExp => new RegExp(`(?<!\\p{L})(?:${source})`, flags);
const anywhere = (source: string): RegExp => new RegExp(source, 'u');

const PATTERNS = SPEECH.map(({ opening, cannot, see, image, help, none }) => {
  const word = /\p{sc=Han}|\p{sc=Hangul}/u.test(opening) ? anywhere : start;
  return {
    opening: new RegExp(`^(?:${opening})(?!\\p{L}|')`, 'u'),
    // Scripts without spaces between words have no word boundaries.
    glued: /\p{sc=Han}/u.test(opening) ? new RegExp(`^(?:${opening})`, 'u') : null,
    cannot: new RegExp(`^(?:${cannot})`, 'u'),
    none: new RegExp(`^(?:${none})`, 'u'),
    see: word(see),
    image: word(image),
    help: word(help),
  };
});

/** Words in quotation marks are not the model's own; an apostrophe inside a word is not a quotation mark. */
const QUOTED =
  /"[^"]*"|“[^”]*”|„[^“”]*[“”]|«[^»]*»|「[^」]*」|『[^』]*』|(?<!\p{L})'(?:[^']|'(?=\p{L}))*'(?!\p{L})/gu;
/** UTF-16 units: the beginning of a text shows whether it is an answer. */
const MAX_READ = 500;

/**
 * Whether a model talks about itself instead of the image. Only the beginning of the text counts, in the first person
 * or as a remark that there is no image: quotations from an image, or a description of a screenshot of a model, are
 * answers.
 * @returns null for an answer
 */
export function refusalIn(text: string): Refusal | null {
  const plain = text
    .slice(0, MAX_READ)
    .replace(/[’ʼ`´]/g, "'")
    .replace(QUOTED, ' ')
    .replace(/[*_#]/g, '')
    .replace(/\s+/g, ' ')
    .toLowerCase();
  for (const { opening, glued, cannot, none, see, image, help } of PATTERNS) {
    let rest = plain.replace(/^[^\p{L}]+/u, '');
    let isOpened = false;
    for (;;) {
      if (none.test(rest)) return 'blind';
      const [sentence = ''] = /^[^.!?。！？]*/u.exec(rest) ?? [];
      if (cannot.test(sentence)) {
        const hasImage = image.test(sentence);
        if (hasImage && see.test(sentence)) return 'blind';
        if (help.test(sentence) && (isOpened || hasImage || REQUEST.test(sentence))) return 'refused';
      }
      const [found] = (glued ?? opening).exec(rest) ?? [];
      if (found === undefined || found === '') break;
      isOpened = true;
      rest = rest.slice(found.length).replace(/^[^\p{L}]+/u, '');
    }
  }
  return null;
}

/** Names that models use for the requested text. */
const REQUEST =
  /\b(?:that|this|so|request|person|people|individual|content|description|caption|alt text)\b|anfrage|demande|solicitud|eso|esto|solicitação|pedido|isso|richiesta|questo|запрос|эт[иои]|请求|帮助|リクエスト|内容|手伝い|요청/;
