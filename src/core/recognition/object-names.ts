import { pluralRu } from '../text/plural.ts';

/**
 * For every object of COCO, by its name there, and for `face`: in English and German the singular with its article
 * and the plural; in Russian the forms after 1, 2, and 5.
 */
const FORMS: Readonly<Record<string, readonly [en: string, ru: string, de: string]>> = {
  person: ['a person|people', 'человек|человека|человек', 'eine Person|Personen'],
  bicycle: ['a bicycle|bicycles', 'велосипед|велосипеда|велосипедов', 'ein Fahrrad|Fahrräder'],
  car: ['a car|cars', 'автомобиль|автомобиля|автомобилей', 'ein Auto|Autos'],
  motorcycle: ['a motorcycle|motorcycles', 'мотоцикл|мотоцикла|мотоциклов', 'ein Motorrad|Motorräder'],
  airplane: ['an airplane|airplanes', 'самолёт|самолёта|самолётов', 'ein Flugzeug|Flugzeuge'],
  bus: ['a bus|buses', 'автобус|автобуса|автобусов', 'ein Bus|Busse'],
  train: ['a train|trains', 'поезд|поезда|поездов', 'ein Zug|Züge'],
  truck: ['a truck|trucks', 'грузовик|грузовика|грузовиков', 'ein Lastwagen|Lastwagen'],
  boat: ['a boat|boats', 'лодка|лодки|лодок', 'ein Boot|Boote'],
  'traffic light': ['a traffic light|traffic lights', 'светофор|светофора|светофоров', 'eine Ampel|Ampeln'],
  'fire hydrant': [
    'a fire hydrant|fire hydrants',
    'пожарный гидрант|пожарных гидранта|пожарных гидрантов',
    'ein Hydrant|Hydranten',
  ],
  'stop sign': [
    'a stop sign|stop signs',
    'знак «Стоп»|знака «Стоп»|знаков «Стоп»',
    'ein Stoppschild|Stoppschilder',
  ],
  'parking meter': [
    'a parking meter|parking meters',
    'паркомат|паркомата|паркоматов',
    'eine Parkuhr|Parkuhren',
  ],
  bench: ['a bench|benches', 'скамейка|скамейки|скамеек', 'eine Bank|Bänke'],
  bird: ['a bird|birds', 'птица|птицы|птиц', 'ein Vogel|Vögel'],
  cat: ['a cat|cats', 'кошка|кошки|кошек', 'eine Katze|Katzen'],
  dog: ['a dog|dogs', 'собака|собаки|собак', 'ein Hund|Hunde'],
  horse: ['a horse|horses', 'лошадь|лошади|лошадей', 'ein Pferd|Pferde'],
  sheep: ['a sheep|sheep', 'овца|овцы|овец', 'ein Schaf|Schafe'],
  cow: ['a cow|cows', 'корова|коровы|коров', 'eine Kuh|Kühe'],
  elephant: ['an elephant|elephants', 'слон|слона|слонов', 'ein Elefant|Elefanten'],
  bear: ['a bear|bears', 'медведь|медведя|медведей', 'ein Bär|Bären'],
  zebra: ['a zebra|zebras', 'зебра|зебры|зебр', 'ein Zebra|Zebras'],
  giraffe: ['a giraffe|giraffes', 'жираф|жирафа|жирафов', 'eine Giraffe|Giraffen'],
  backpack: ['a backpack|backpacks', 'рюкзак|рюкзака|рюкзаков', 'ein Rucksack|Rucksäcke'],
  umbrella: ['an umbrella|umbrellas', 'зонт|зонта|зонтов', 'ein Regenschirm|Regenschirme'],
  handbag: ['a handbag|handbags', 'сумка|сумки|сумок', 'eine Handtasche|Handtaschen'],
  tie: ['a tie|ties', 'галстук|галстука|галстуков', 'eine Krawatte|Krawatten'],
  suitcase: ['a suitcase|suitcases', 'чемодан|чемодана|чемоданов', 'ein Koffer|Koffer'],
  frisbee: ['a frisbee|frisbees', 'фрисби|фрисби|фрисби', 'ein Frisbee|Frisbees'],
  skis: ['a pair of skis|pairs of skis', 'пара лыж|пары лыж|пар лыж', 'ein Paar Ski|Paar Ski'],
  snowboard: ['a snowboard|snowboards', 'сноуборд|сноуборда|сноубордов', 'ein Snowboard|Snowboards'],
  'sports ball': ['a ball|balls', 'мяч|мяча|мячей', 'ein Ball|Bälle'],
  kite: ['a kite|kites', 'воздушный змей|воздушных змея|воздушных змеев', 'ein Drachen|Drachen'],
  'baseball bat': [
    'a baseball bat|baseball bats',
    'бейсбольная бита|бейсбольные биты|бейсбольных бит',
    'ein Baseballschläger|Baseballschläger',
  ],
  'baseball glove': [
    'a baseball glove|baseball gloves',
    'бейсбольная перчатка|бейсбольные перчатки|бейсбольных перчаток',
    'ein Baseballhandschuh|Baseballhandschuhe',
  ],
  skateboard: ['a skateboard|skateboards', 'скейтборд|скейтборда|скейтбордов', 'ein Skateboard|Skateboards'],
  surfboard: [
    'a surfboard|surfboards',
    'доска для сёрфинга|доски для сёрфинга|досок для сёрфинга',
    'ein Surfbrett|Surfbretter',
  ],
  'tennis racket': [
    'a tennis racket|tennis rackets',
    'теннисная ракетка|теннисные ракетки|теннисных ракеток',
    'ein Tennisschläger|Tennisschläger',
  ],
  bottle: ['a bottle|bottles', 'бутылка|бутылки|бутылок', 'eine Flasche|Flaschen'],
  'wine glass': ['a wine glass|wine glasses', 'бокал|бокала|бокалов', 'ein Weinglas|Weingläser'],
  cup: ['a cup|cups', 'чашка|чашки|чашек', 'eine Tasse|Tassen'],
  fork: ['a fork|forks', 'вилка|вилки|вилок', 'eine Gabel|Gabeln'],
  knife: ['a knife|knives', 'нож|ножа|ножей', 'ein Messer|Messer'],
  spoon: ['a spoon|spoons', 'ложка|ложки|ложек', 'ein Löffel|Löffel'],
  bowl: ['a bowl|bowls', 'миска|миски|мисок', 'eine Schüssel|Schüsseln'],
  banana: ['a banana|bananas', 'банан|банана|бананов', 'eine Banane|Bananen'],
  apple: ['an apple|apples', 'яблоко|яблока|яблок', 'ein Apfel|Äpfel'],
  sandwich: ['a sandwich|sandwiches', 'бутерброд|бутерброда|бутербродов', 'ein Sandwich|Sandwiches'],
  orange: ['an orange|oranges', 'апельсин|апельсина|апельсинов', 'eine Orange|Orangen'],
  broccoli: ['a head of broccoli|heads of broccoli', 'брокколи|брокколи|брокколи', 'ein Brokkoli|Brokkoli'],
  carrot: ['a carrot|carrots', 'морковка|морковки|морковок', 'eine Karotte|Karotten'],
  'hot dog': ['a hot dog|hot dogs', 'хот-дог|хот-дога|хот-догов', 'ein Hotdog|Hotdogs'],
  pizza: ['a pizza|pizzas', 'пицца|пиццы|пицц', 'eine Pizza|Pizzen'],
  donut: ['a donut|donuts', 'пончик|пончика|пончиков', 'ein Donut|Donuts'],
  cake: ['a cake|cakes', 'торт|торта|тортов', 'ein Kuchen|Kuchen'],
  chair: ['a chair|chairs', 'стул|стула|стульев', 'ein Stuhl|Stühle'],
  couch: ['a couch|couches', 'диван|дивана|диванов', 'ein Sofa|Sofas'],
  'potted plant': [
    'a potted plant|potted plants',
    'комнатное растение|комнатных растения|комнатных растений',
    'eine Topfpflanze|Topfpflanzen',
  ],
  bed: ['a bed|beds', 'кровать|кровати|кроватей', 'ein Bett|Betten'],
  'dining table': ['a table|tables', 'стол|стола|столов', 'ein Tisch|Tische'],
  toilet: ['a toilet|toilets', 'унитаз|унитаза|унитазов', 'eine Toilette|Toiletten'],
  tv: ['a screen|screens', 'экран|экрана|экранов', 'ein Bildschirm|Bildschirme'],
  laptop: ['a laptop|laptops', 'ноутбук|ноутбука|ноутбуков', 'ein Laptop|Laptops'],
  mouse: [
    'a computer mouse|computer mice',
    'компьютерная мышь|компьютерные мыши|компьютерных мышей',
    'eine Computermaus|Computermäuse',
  ],
  remote: [
    'a remote control|remote controls',
    'пульт управления|пульта управления|пультов управления',
    'eine Fernbedienung|Fernbedienungen',
  ],
  keyboard: ['a keyboard|keyboards', 'клавиатура|клавиатуры|клавиатур', 'eine Tastatur|Tastaturen'],
  'cell phone': ['a phone|phones', 'телефон|телефона|телефонов', 'ein Telefon|Telefone'],
  microwave: [
    'a microwave|microwaves',
    'микроволновая печь|микроволновые печи|микроволновых печей',
    'eine Mikrowelle|Mikrowellen',
  ],
  oven: ['an oven|ovens', 'духовка|духовки|духовок', 'ein Backofen|Backöfen'],
  toaster: ['a toaster|toasters', 'тостер|тостера|тостеров', 'ein Toaster|Toaster'],
  sink: ['a sink|sinks', 'раковина|раковины|раковин', 'ein Waschbecken|Waschbecken'],
  refrigerator: [
    'a refrigerator|refrigerators',
    'холодильник|холодильника|холодильников',
    'ein Kühlschrank|Kühlschränke',
  ],
  book: ['a book|books', 'книга|книги|книг', 'ein Buch|Bücher'],
  clock: ['a clock|clocks', 'часы|циферблата|циферблатов', 'eine Uhr|Uhren'],
  vase: ['a vase|vases', 'ваза|вазы|ваз', 'eine Vase|Vasen'],
  scissors: ['a pair of scissors|pairs of scissors', 'ножницы|пары ножниц|пар ножниц', 'eine Schere|Scheren'],
  'teddy bear': [
    'a teddy bear|teddy bears',
    'плюшевый мишка|плюшевых мишки|плюшевых мишек',
    'ein Teddybär|Teddybären',
  ],
  'hair drier': ['a hair dryer|hair dryers', 'фен|фена|фенов', 'ein Föhn|Föhne'],
  toothbrush: [
    'a toothbrush|toothbrushes',
    'зубная щётка|зубные щётки|зубных щёток',
    'eine Zahnbürste|Zahnbürsten',
  ],
  face: ['a face|faces', 'лицо|лица|лиц', 'ein Gesicht|Gesichter'],
};

/** Every label that has a translation. */
export const OBJECT_LABELS: readonly string[] = Object.keys(FORMS);

/**
 * An object's name without an article, as the label of a box: `bottle`, `бутылка`, `Flasche`.
 * @param label from COCO, or `face`; any other label is returned unchanged
 * @param language ISO 639-1 code; English for other languages
 */
export function objectName(label: string, language: string): string {
  const [one] = formsOf(label, language);
  return one?.replace(/^(?:an?|eine?) /, '') ?? label;
}

/**
 * The name of objects of one kind in a list: `a bottle`, `2 people`, `бутылка`, `2 человека`, `eine Flasche`,
 * `2 Personen`.
 * @param label from COCO, or `face`; for any other label: `2 × label`
 * @param count at least 1
 * @param language ISO 639-1 code; English for other languages
 */
export function countedObject(label: string, count: number, language: string): string {
  const [one, few, many] = formsOf(label, language);
  if (one === undefined || few === undefined) return count === 1 ? label : `${count} × ${label}`;
  if (count === 1) return one;
  return many === undefined ? `${count} ${few}` : pluralRu(count, one, few, many);
}

function formsOf(label: string, language: string): readonly string[] {
  // Guards against labels such as `constructor`.
  const forms = Object.hasOwn(FORMS, label) ? FORMS[label] : undefined;
  const [en = '', ru = '', de = ''] = forms ?? [];
  if (forms === undefined) return [];
  return (language === 'ru' ? ru : language === 'de' ? de : en).split('|');
}
