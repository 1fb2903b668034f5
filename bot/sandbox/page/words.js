// The page's own words. What the bot says comes from the bot.

const WORDS = {
  "today": ["Hari ini", "Today"],
  "edited": ["diedit", "edited"],
  "members": ["{count} anggota", "{count} members"],
  "phone of": ["Ponsel {name}", "{name}'s phone"],
  "messages of": ["Percakapan di ponsel {name}", "Conversation on {name}'s phone"],
  "write as": ["Tulis sebagai {name}…", "Write as {name}…"],
  "caption": ["Tambah keterangan…", "Add a caption…"],
  "send": ["Kirim", "Send"],
  "start": ["Mulai", "Start"],
  "blocked": ["Bot diblokir. Buka blokir", "Bot is blocked. Unblock"],
  "menu": ["Menu perintah", "Command menu"],
  "attach": ["Lampirkan", "Attach"],
  "photo": ["Foto", "Photo"],
  "file": ["Berkas", "File"],
  "video": ["Video", "Video"],
  "voice": ["Pesan suara", "Voice message"],
  "location": ["Lokasi", "Location"],
  "sticker": ["Stiker", "Sticker"],
  "message": ["Pesan", "Message"],
  "reply": ["Balas", "Reply"],
  "reply to": ["Membalas {name}", "Replying to {name}"],
  "edit": ["Ubah", "Edit"],
  "editing": ["Mengubah pesan", "Editing message"],
  "copy": ["Salin teks", "Copy text"],
  "copied": ["Disalin", "Copied"],
  "cancel": ["Batal", "Cancel"],
  "close": ["Tutup", "Close"],
  "ok": ["Oke", "OK"],
  "more": ["Selengkapnya", "Show more"],
  "less": ["Ringkas", "Show less"],
  "spoiler": ["Tampilkan teks tersembunyi", "Reveal hidden text"],
  "message actions": ["Tindakan pesan", "Message actions"],
  "phone actions": ["Tindakan ponsel", "Phone actions"],
  "pinned": ["Pesan tersemat", "Pinned message"],
  "latest": ["Ke pesan terbaru", "To the latest message"],
  "unread": ["{count} pesan baru", "{count} new"],
  "typing": ["mengetik…", "typing…"],
  "enlarge": ["Perbesar foto", "Enlarge photo"],
  "speak as": ["Bicara sebagai", "Speak as"],
  "examples": ["Contoh jawaban, ketuk untuk mengirim", "Example replies, tap to send"],
  "empty": ["Belum ada pesan.", "No messages yet."],
  "offline": ["Terputus dari server. Menyambung kembali…", "Disconnected from the server. Reconnecting…"],

  "role pegawai": ["Pegawai", "Employee"],
  "role atasan": ["Atasan", "Supervisor"],
  "role grup": ["Grup unit", "Unit group"],
  "does pegawai": ["menulis dengan kata sendiri", "writes in their own words"],
  "does atasan": ["menyetujui sekali ketuk", "approves with one tap"],
  "does grup": ["melihat angka, tanpa nama", "sees figures, no names"],

  "joined": ["{name} bergabung", "{name} joined"],
  "left": ["{name} keluar", "{name} left"],
  "created": ["{name} membuat grup", "{name} created the group"],
  "renamed": ["Nama grup kini “{title}”", "The group is now called “{title}”"],
  "did pin": ["{name} menyematkan pesan", "{name} pinned a message"],
  "migrated": ["Grup menjadi supergrup", "The group became a supergroup"],

  "now": ["Sekarang", "Now"],
  "next": ["Berikutnya", "Next"],
  "nothing next": ["Tidak ada acara terjadwal", "Nothing is scheduled"],
  "skip to": ["Lompat ke", "Skip to"],
  "skip": ["Lompat", "Skip"],
  "skipping": ["Waktu berjalan…", "Time is passing…"],
  "to next": ["Acara berikutnya", "Next event"],
  "to morning": ["Pagi", "Morning"],
  "to afternoon": ["Sore", "Afternoon"],
  "to workday": ["Hari kerja berikutnya", "Next workday"],
  "to friday": ["Jumat", "Friday"],
  "to summary": ["Ringkasan", "Summary"],

  "other phones": ["Ponsel lain", "More phones"],
  "new person": ["Orang", "Person"],
  "new group": ["Grup", "Group"],
  "add person": ["Tambah orang", "Add a person"],
  "add group": ["Tambah grup", "Add a group"],
  "first name": ["Nama", "Name"],
  "title": ["Nama grup", "Group title"],
  "creator": ["Pembuat", "Created by"],
  "add": ["Tambah", "Add"],
  "block": ["Blokir bot", "Block the bot"],
  "unblock": ["Buka blokir bot", "Unblock the bot"],
  "join": ["Gabung: {name}", "Join: {name}"],
  "leave": ["Keluar: {name}", "Leave: {name}"],
  "promote": ["Jadikan admin: {name}", "Make admin: {name}"],
  "add bot": ["Tambah bot ke grup", "Add the bot to the group"],
  "remove bot": ["Keluarkan bot", "Remove the bot"],
  "migrate": ["Jadikan supergrup", "Make it a supergroup"],
  "hide phone": ["Sembunyikan ponsel", "Hide this phone"],
  "switch": ["Read in English", "Baca dalam bahasa Indonesia"],
  "which group": ["Tambahkan ke grup mana?", "Add to which group?"],

  "step report": ["Lapor", "Report"],
  "step approve": ["Setujui", "Approve"],
  "step mark": ["Nilai mutu", "Mark quality"],
  "step summary": ["Ringkasan", "Summary"],
  "hint sandbox": ["Bot, orang, dan grup tiruan di komputer ini.", "A make-believe bot, people and groups on this computer."],
  "numbers": ["nol satu dua tiga empat lima enam", "no one two three four five six"],
  "hint day": ["Satu hari kerja, {count} ponsel.", "One workday, {count} phones."],
  "hint start": ["Tekan Mulai di ponsel {name}.", "Press Start on {name}'s phone."],
  "hint answer": ["Coba jawab pertanyaan Harian sebagai {name}.", "Answer Harian's question as {name}."],
  "hint focus": ["{name} memilih fokus hari ini. Lalu lompat ke sore.", "{name} chooses today's focus. Then skip to the afternoon."],
  "hint afternoon": ["Hari baru dimulai. Lompat ke sore, saat Harian bertanya.", "The day has just begun. Skip to the afternoon, when Harian asks."],
  "hint choose": ["Harian bertanya satu hal. Ketuk jawabannya di ponsel {name}.", "Harian asks one thing. Tap the answer on {name}'s phone."],
  "hint wait": ["Laporan tercatat. Lompat ke acara berikutnya, saat kartu sampai di ponsel {name}.", "The report is in. Skip to the next event, when {name} gets a card."],
  "hint approve": ["Laporan menunggu. Setujui dengan satu ketukan di ponsel {name}.", "Reports are waiting. Approve them with one tap on {name}'s phone."],
  "hint friday": ["Disetujui. Lompat ke Jumat: mutu hasil dinilai sekali seminggu.", "Approved. Skip to Friday: the quality of results is marked once a week."],
  "hint mark": ["Nilai hasil minggu ini di ponsel {name}: mutu, bukan jumlah kegiatan.", "Mark this week's results on {name}'s phone: quality, not the number of activities."],
  "hint summary": ["Terakhir: lompat ke ringkasan mingguan unit.", "Last: skip to the unit's weekly summary."],
  "hint done": ["Itulah satu minggu. Angka unit di grup, hitungannya di ponsel {name}. Coba juga /kompetensi di sana, /tim dan /penilaian di ponsel atasan.", "That was a week. The unit's figures are in the group, the calculation on {name}'s phone. Try /kompetensi there too, /tim and /penilaian on the supervisor's phone."],
};

const COLUMNS = ["id", "en"];
let column = Math.max(0, COLUMNS.indexOf(new URLSearchParams(location.search).get("lang") ?? read()));

export const language = () => COLUMNS[column];

export function setLanguage(code) {
  column = COLUMNS.indexOf(code);
  document.documentElement.lang = code;
  try {
    localStorage.setItem("language", code);
  } catch {
    // private windows may refuse storage; the choice then lasts until the page is closed
  }
}

function read() {
  try {
    return localStorage.getItem("language");
  } catch {
    return null;
  }
}

/** The sentence of `key` in the page's language; {name} takes `values.name`. */
export function t(key, values = {}) {
  return WORDS[key][column].replace(/\{(\w+)\}/g, (_, name) => values[name]);
}
