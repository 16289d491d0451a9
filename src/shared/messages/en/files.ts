/** Files that a student gives: why one is not taken, and what each type is called. */
export const files = {
  'files.error.none': 'Choose a file, or one that you gave before.',
  'files.error.empty': 'This file is empty. Open it on your device to check, then choose it again.',
  'files.error.tooLarge':
    'This file is larger than 25 MB. Make it smaller, for example by sending a shorter video, or add a link to it.',
  'files.error.type':
    'Waymark cannot take this kind of file. Choose a PDF, a photo (JPEG, PNG or WebP), a Word, PowerPoint or Excel file, an MP3 or an MP4.',
  'files.error.heic':
    'This photo is in the HEIC format, which not everyone can open. On an iPhone, open Settings, Camera, Formats and choose “Most compatible”, or share the photo as a JPEG.',
  'files.error.movie':
    'This video is in the MOV format, which not everyone can open. Save or share it as an MP4, then choose it again.',
  'files.error.oldOffice':
    'This is an older Office file. Open it, save it as a DOCX, PPTX or XLSX file or as a PDF, then choose it again.',
  'files.error.locked':
    'This file is locked with a password or protection. Save a copy without it, or print it to a new PDF, then choose that one.',
  'files.error.macros':
    'This file holds small programs (macros). Save it without macros or as a PDF, then choose it again.',
  'files.error.unsafe':
    'This file holds other files or more than it shows, so it cannot be taken. Save it again or as a PDF, then choose it again.',
  'files.error.broken':
    'This file could not be read. Open it on your device, save it again, then choose it again.',
  'files.error.tooManyPixels': 'This picture is too large to open. Make it smaller, then choose it again.',
  'files.error.full':
    'Your 500 MB for files are used up, so this one was not kept. Add a link to it instead, or choose a smaller file.',
  'files.error.notYours': 'Choose one of your own files.',
  'files.size': '{value, number} {unit}',
  'files.type.pdf': 'PDF',
  'files.type.png': 'Picture',
  'files.type.jpeg': 'Photo',
  'files.type.webp': 'Picture',
  'files.type.docx': 'Document',
  'files.type.pptx': 'Slides',
  'files.type.xlsx': 'Spreadsheet',
  'files.type.mp3': 'Recording',
  'files.type.mp4': 'Video',
} as const;
