import type { ErrorCode, ErrorData } from '../errors.ts';
import { localizedLanguageName } from '../language/localized-language-name.ts';
import { pluralRu } from '../text/plural.ts';
import type { ExplainTable, ExplainWords } from './explain-table.ts';
import { fact } from './fact.ts';

/** The Russian messages for errors. */
export const explainRu: ExplainTable = (code, data) => WORDS[code](new Facts(data));

/** Error data as text, each with a leading space because many values are optional. */
class Facts {
  readonly #data: ErrorData;

  constructor(data: ErrorData) {
    this.#data = data;
  }

  get server(): string {
    return this.isOllama ? 'Сервер Ollama' : 'Сервер';
  }
  get isOllama(): boolean {
    return this.#data['api'] === undefined;
  }
  get host(): string {
    return fact(this.#data, 'host', (host) => ` по адресу ${host}`, '');
  }
  get model(): string {
    return fact(this.#data, 'model', (model) => ` ${model}`, '');
  }
  get path(): string {
    return fact(this.#data, 'path', (path) => ` ${path}`, '');
  }
  /** The problem with an image file, if known from its bytes. */
  get fault(): string {
    return fact(this.#data, 'fault', (fault) => fault, '');
  }
  get file(): string {
    return fact(this.#data, 'path', (path) => ` ${path}`, ' данных Notesight');
  }
  get reason(): string {
    return String(this.#data['reason'] ?? '');
  }
  get language(): string {
    return fact(this.#data, 'language', (code) => ` (нужен ${localizedLanguageName('ru', code)})`, '');
  }
  get target(): string {
    return fact(this.#data, 'path', (path) => `: не удалось записать ${path}`, '');
  }
  /** In parentheses: a reason reported by a program. */
  get why(): string {
    return fact(this.#data, 'why', (why) => ` (${why})`, '');
  }
  /** The server's own message. */
  get detail(): string {
    return fact(this.#data, 'detail', (detail) => `: ${detail}`, '');
  }
  get status(): string {
    return fact(this.#data, 'status', (status) => `вернул код ${status}`, 'вернул ошибку');
  }
  /** In parentheses. */
  get http(): string {
    return fact(this.#data, 'status', (status) => ` (HTTP ${status})`, '');
  }
  /** When to retry after a limit. */
  get later(): string {
    const minutes = (seconds: string) =>
      `через ${pluralRu(Math.ceil(Number(seconds) / 60), 'минуту', 'минуты', 'минут')}`;
    return fact(this.#data, 'waitSeconds', minutes, 'позже');
  }
  get kind(): string {
    return fact(this.#data, 'kind', (kind) => ` (${kind})`, '');
  }
  get seconds(): string {
    const words = (seconds: string) => `за ${pluralRu(Number(seconds), 'секунду', 'секунды', 'секунд')}`;
    return fact(this.#data, 'seconds', words, 'вовремя');
  }
  get tokens(): string {
    const { nPromptTokens: asked, nCtx: context } = this.#data;
    if (asked === undefined || context === undefined) return '';
    return ` (${pluralRu(Number(asked), 'токен', 'токена', 'токенов')}, предел ${context})`;
  }
  get size(): string {
    const { width, height, bytes } = this.#data;
    if (width !== undefined && height !== undefined) {
      return ` (${width} × ${pluralRu(Number(height), 'пиксель', 'пикселя', 'пикселей')})`;
    }
    return typeof bytes === 'number' ? ` (${Math.ceil(bytes / 1e6)} МБ)` : '';
  }
}

function serverLog({ isOllama }: Facts): string {
  return `Подробности — в журнале сервера${isOllama ? ': https://docs.ollama.com/troubleshooting' : ''}`;
}

const UNUSABLE: Readonly<Record<string, string>> = {
  blind: 'Модель не получила изображение или не поддерживает изображения',
  refused: 'Модель отказалась отвечать',
  reasoning: 'Модель дважды потратила весь ответ на рассуждения',
};

const WORDS: Readonly<Record<ErrorCode, (facts: Facts) => ExplainWords>> = {
  cancelled: () => ({
    message: 'Остановлено',
    advice: 'Готовые результаты сохранены. Чтобы продолжить, запустите снова',
  }),
  server_down: ({ server, isOllama, host }) => ({
    message: `${server}${host} не отвечает`,
    advice: `Запустите ${isOllama ? 'Ollama' : 'его'} и откройте «Настройки» → Notesight → «Сервер» → «Проверить»`,
  }),
  server_busy: ({ server, isOllama, host, detail }) => ({
    message: `${server}${host} занят и отклонил запрос${isOllama ? '' : detail}`,
    advice: 'Дождитесь, пока он обработает другие запросы, и повторите попытку',
  }),
  server_timeout: ({ server, host, seconds }) => ({
    message: `${server}${host} не ответил ${seconds}`,
    advice: 'Выберите в настройках модель поменьше или проверьте там сервер',
  }),
  server_crashed: (facts) => ({
    message: `${facts.server}${facts.host} оборвал ответ на середине${facts.detail}`,
    advice: `Возможно, модели не хватает памяти: выберите в настройках модель поменьше. ${serverLog(facts)}`,
  }),
  server_refused: ({ server, host, detail }) => ({
    message: `${server}${host} отклонил запрос${detail}`,
    advice: 'Проверьте конфигурацию сервера',
  }),
  server_error: (facts) => ({
    message: `Сервер${facts.host} ${facts.status}${facts.detail}`,
    advice: `Убедитесь, что по этому адресу работает ${facts.isOllama ? 'Ollama актуальной версии' : 'совместимый сервер актуальной версии'}. ${serverLog(facts)}`,
  }),
  gateway_down: ({ host, http, detail }) => ({
    message: `Прокси-сервер${host} не может связаться с сервером за ним${http}${detail}`,
    advice: 'Запустите этот сервер и проверьте его адрес в конфигурации прокси',
  }),
  gateway_timeout: ({ host, http, detail }) => ({
    message: `Прокси-сервер${host} не дождался ответа сервера за ним${http}${detail}`,
    advice:
      'Увеличьте время ожидания ответа на прокси до 10 минут (nginx: `proxy_read_timeout 600s`) или выберите в настройках модель поменьше',
  }),
  request_too_large: ({ host, http, detail }) => ({
    message: `Запрос слишком большой для сервера${host} или прокси перед ним${http}${detail}`,
    advice: 'Увеличьте предельный размер запроса до 20 МБ (nginx: `client_max_body_size 20m`)',
  }),
  limit_reached: ({ host, later, detail }) => ({
    message: `На сервере${host} исчерпан лимит запросов${detail}`,
    advice: `Повторите попытку ${later} или проверьте лимиты своей учётной записи`,
  }),
  unauthorized: ({ isOllama, host }) => ({
    message: isOllama ? `Сервер${host} требует авторизации` : `Сервер${host} требует API-ключ`,
    advice: isOllama
      ? 'Если сервер стоит за прокси, выберите в настройках его токен. Для облачных моделей нужна команда `ollama signin`, для локальных — нет'
      : 'Выберите его ключ в настройках в качестве токена',
  }),
  origin_refused: ({ server, host }) => ({
    message: `${server}${host} отклоняет запросы этого приложения`,
    advice: 'Разрешите их на сервере в OLLAMA_ORIGINS или укажите в настройках IP-адрес сервера',
  }),
  model_missing: ({ isOllama, model }) => ({
    message: `Модели${model} нет на сервере`,
    advice: isOllama
      ? 'Скачайте её в настройках или выберите другую модель'
      : 'Выберите в настройках другую модель или запустите сервер с этой',
  }),
  model_cannot_see: ({ model, reason }) =>
    reason === 'blind'
      ? {
          message: 'Модель не получает изображения или не поддерживает их',
          advice:
            'Выберите в настройках другую модель. Если эта поддерживает изображения, проверьте, загружен ли её визуальный модуль (mmproj)',
        }
      : {
          message: `Модель${model} текстовая и не поддерживает изображения`,
          advice: 'Выберите в настройках модель с пометкой «Поддерживает изображения»',
        },
  model_cannot_point: ({ model }) => ({
    message: `Модель${model} не умеет находить объекты на изображении`,
    advice: 'Выберите в настройках другую модель, например `qwen3-vl` или `qwen2.5vl`',
  }),
  model_unloadable: ({ model, detail }) => ({
    message: `Серверу не удалось загрузить модель${model}${detail}`,
    advice: 'Выберите в настройках модель поменьше или поновее либо обновите сервер',
  }),
  model_looped: ({ model }) => ({
    message: `Остановлено: модель${model} зациклилась`,
    advice: 'Попробуйте для этого изображения модель побольше',
  }),
  model_refused: ({ model, detail }) => ({
    message: `Модель${model} отказалась отвечать${detail}`,
    advice: 'Выберите в настройках другую модель',
  }),
  answer_unusable: ({ model, reason }) => ({
    message: UNUSABLE[reason] ?? `Модель${model} не дала пригодного ответа`,
    advice: 'Повторите попытку или выберите в настройках другую модель',
  }),
  wrong_language: ({ language }) => ({
    message: `Модель ответила не на том языке${language}`,
    advice:
      'Ничего не записано. Чтобы увидеть и принять текст, сгенерируйте его снова с проверкой или выберите в настройках другую модель',
  }),
  context_overflow: ({ isOllama, tokens }) => ({
    message: `Изображение не помещается в контекст модели${tokens}`,
    advice: isOllama
      ? 'Уменьшите изображение или увеличьте длину контекста в настройках'
      : 'Уменьшите изображение или запустите сервер с большей длиной контекста',
  }),
  question_too_long: () => ({
    message: 'Вопрос не помещается в контекст модели',
    advice: 'Сократите его или увеличьте длину контекста в настройках',
  }),
  no_vision_model: ({ isOllama, host }) => ({
    message: `На сервере${host} нет модели с поддержкой изображений`,
    advice: isOllama
      ? 'Скачайте такую модель в настройках'
      : 'Запустите сервер с такой моделью; для llama-server нужен и файл `--mmproj`',
  }),
  pull_failed: ({ isOllama, host, model, detail }) =>
    isOllama
      ? {
          message: `Не удалось скачать модель${model}${detail}`,
          advice: 'Проверьте имя модели и подключение сервера к интернету. Скачивание можно продолжить',
        }
      : {
          message: `Сервер${host} не умеет скачивать модели: это умеет только Ollama`,
          advice: 'Запустите сервер с нужной моделью',
        },
  pack_missing: () => ({
    message: 'Офлайн-распознавание не установлено',
    advice: 'Скачайте его в настройках или выберите там обработку на сервере',
  }),
  pack_unusable: () => ({
    message: 'Файлы офлайн-распознавания повреждены или относятся к другой версии Notesight',
    advice: 'Скачайте их заново в настройках',
  }),
  pack_failed: ({ detail }) => ({
    message: `Не удалось скачать или сохранить файлы офлайн-распознавания${detail}`,
    advice: 'Проверьте подключение к интернету и свободное место на диске',
  }),
  image_missing: ({ path }) => ({
    message: `Изображение не найдено${path === '' ? '' : `:${path}`}`,
    advice: 'Верните файл на место или исправьте ссылку',
  }),
  image_outside_vault: ({ path }) => ({
    message: `Изображение${path} находится вне хранилища`,
    advice: 'Переместите его в хранилище',
  }),
  image_remote: ({ path }) => ({
    message: `Изображение из интернета не загружено${path === '' ? '' : `:${path}`}`,
    advice: 'Сохраните его в хранилище или разрешите в настройках изображения из интернета',
  }),
  image_in_icloud: ({ path }) => ({
    message: `Изображение${path} хранится в iCloud и не загружено на это устройство`,
    advice: 'Откройте его в Finder или в приложении «Файлы», чтобы загрузить, и повторите попытку',
  }),
  image_in_git_lfs: ({ path }) => ({
    message: `Вместо изображения${path} здесь только указатель Git LFS: сам файл не скачан`,
    advice: 'Выполните `git lfs pull` в его репозитории',
  }),
  image_is_web_page: ({ path }) => ({
    message: `Файл изображения${path} на самом деле веб-страница`,
    advice: 'Скачайте само изображение и замените файл',
  }),
  image_unreadable: ({ path, fault, why }) => {
    switch (fault) {
      case 'empty':
        return { message: `Файл${path} пуст`, advice: 'Восстановите его или скачайте заново' };
      case 'zeros':
        return {
          message: `Файл${path} состоит из одних нулевых байтов`,
          advice: 'Его содержимое утрачено: восстановите файл или скачайте заново',
        };
      case 'text':
        return {
          message: `Файл${path} — это текст, а не изображение`,
          advice: 'Замените его изображением или исправьте ссылку в заметке',
        };
      case 'cut':
        return {
          message: `Изображение${path} неполное: большей части нет`,
          advice: 'Скачайте его заново или восстановите',
        };
      default:
        return {
          message: `Не удалось прочитать изображение${path}${why}`,
          advice: 'Возможно, файл повреждён: откройте его в программе просмотра и сохраните заново',
        };
    }
  },
  image_unsupported: ({ path, kind }) => ({
    message: `Формат изображения${path} не поддерживается${kind}`,
    advice: 'Сохраните его как PNG или JPEG',
  }),
  image_too_large: ({ path, size }) => ({
    message: `Изображение${path} слишком большое${size}`,
    advice: 'Сохраните его в меньшем размере',
  }),
  image_blank: ({ path }) => ({
    message: `Изображение${path} пустое: все его пиксели прозрачны`,
    advice: 'Если программа просмотра что-то показывает, сохраните его как PNG или JPEG',
  }),
  region_outside: () => ({
    message: 'Область выходит за пределы изображения',
    advice: 'Выберите область внутри изображения',
  }),
  nothing_recognised: ({ path }) => ({
    message: `На изображении${path} не распознано ни текста, ни объектов`,
    advice: 'Чтобы описать его, используйте сервер с моделью, которая поддерживает изображения',
  }),
  note_missing: ({ path }) => ({
    message: `Заметка не найдена${path === '' ? '' : `:${path}`}`,
    advice: 'Проверьте, не переместили и не переименовали ли её',
  }),
  note_unreadable: ({ path, why }) => ({
    message: `Не удалось прочитать заметку${path}${why}`,
    advice: 'Проверьте, что у вас есть право на чтение и что это текст в кодировке UTF-8 внутри хранилища',
  }),
  note_unwritable: ({ path, why }) => ({
    message: `Не удалось записать заметку${path}${why}`,
    advice: 'Проверьте, что у вас есть право на запись и что заметку не меняет другая программа',
  }),
  embed_gone: ({ path }) => ({
    message: `Заметка${path} изменилась, и изображения в ней больше нет`,
    advice: 'Ничего не записано. Если изображение всё же нужно описать, запустите снова',
  }),
  section_edited: ({ path }) => ({
    message: `Конспект в заметке${path} изменён вручную`,
    advice: 'Ничего не записано. Заменяйте его, только если правки больше не нужны',
  }),
  memory_unreadable: ({ file, why }) => ({
    message: `Не удалось прочитать файл${file} с прежними ответами${why}`,
    advice:
      'Проверьте, что у вас есть право на чтение. Если файл повреждён, удалите его: изображения будут описаны заново',
  }),
  memory_unwritable: ({ file, why }) => ({
    message: `Не удалось записать файл${file}${why}`,
    advice: 'Проверьте, что у вас есть право на запись в эту папку',
  }),
  disk_full: ({ target }) => ({
    message: `На диске нет места${target}`,
    advice: 'Освободите место и запустите снова',
  }),
  // The reason is omitted: it is always in English.
  bad_usage: () => ({
    message: 'В настройках есть ошибка',
    advice: 'Проверьте в настройках адрес сервера и заголовки',
  }),
};
