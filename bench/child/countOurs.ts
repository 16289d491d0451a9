/** Loaded before Waymark in counting runs: its commands are counted from its first connection on. */
import mongoose from 'mongoose';
import { countCommands } from './commands.ts';

mongoose.connection.on('connected', () => countCommands(mongoose.connection.getClient()));
