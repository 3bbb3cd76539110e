import { createApp } from 'vue';
import './styles.css';
import './call.css';
import SimulatorApp from './SimulatorApp.vue';

createApp(SimulatorApp).mount('#app');
