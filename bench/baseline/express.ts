/** The yardstick of `size`: Express and mongoose with one model and one page, connected and listening. */
import express from 'express';
import mongoose from 'mongoose';

await mongoose.connect(process.env['MONGODB_URI'] ?? '');
const Word = mongoose.model('word', new mongoose.Schema({ text: String }));
const app = express();
app.get('/', async (_req, res) => {
  const found = await Word.findOne().lean();
  res.send(found?.text ?? 'welcome');
});
app.listen(Number(process.env['PORT']), 'localhost');
