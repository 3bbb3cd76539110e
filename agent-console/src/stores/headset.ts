import { useLocalStorage } from '@vueuse/core';
import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import { type AudioDevices, listDevices, watchDevices } from '../../../softphone/devices.ts';
import {
  closeMicrophone,
  MicrophoneError,
  type MicrophoneFault,
  openMicrophone,
} from '../../../softphone/microphone.ts';

/** Microphone and speaker of this browser: which there are, which were chosen, and why one cannot be had. */
export const useHeadset = defineStore('headset', () => {
  const devices = ref<AudioDevices>({ inputs: [], outputs: [] });
  const input = useLocalStorage('console:microphone', '');
  const output = useLocalStorage('console:speaker', '');
  const fault = ref<MicrophoneFault | null>(null);
  const stream = shallowRef<MediaStream | null>(null);
  /** How many want the microphone open: a call, the panel with its level. */
  let wanted = 0;
  let context: AudioContext | null = null;

  /** The chosen ones while they are plugged in; else what the computer has first. */
  const chosenInput = computed(() => known(devices.value.inputs, input.value));
  const chosenOutput = computed(() => known(devices.value.outputs, output.value));
  function known(list: AudioDevices['inputs'], id: string): string {
    return list.some((each) => each.id === id) ? id : '';
  }

  /** Of the page's sound; to be asked for in a click at first. */
  function sound(): AudioContext {
    context ??= new AudioContext();
    void context.resume();
    return context;
  }

  async function refresh() {
    devices.value = await listDevices();
  }

  /**
   * Opens the microphone, or shares the one that is open; each is given back by `release`.
   * @returns null where there is none: `fault` says why
   */
  async function open(): Promise<MediaStream | null> {
    wanted += 1;
    if (stream.value) return stream.value;
    try {
      const opened = await openMicrophone(chosenInput.value || undefined);
      fault.value = null;
      // Names of devices are told only now.
      await refresh();
      if (stream.value || wanted === 0) closeMicrophone(opened);
      else stream.value = opened;
      return stream.value;
    } catch (error) {
      wanted -= 1;
      fault.value = error instanceof MicrophoneError ? error.fault : 'unsupported';
      return null;
    }
  }

  function release() {
    wanted = Math.max(0, wanted - 1);
    if (wanted > 0) return;
    closeMicrophone(stream.value);
    stream.value = null;
  }

  /** Whether calls could be spoken, asking for the microphone where it was not asked for yet. */
  async function check(): Promise<boolean> {
    const opened = await open();
    if (opened) release();
    return opened !== null;
  }

  async function changeInput() {
    if (!stream.value) return;
    const before = stream.value;
    try {
      stream.value = await openMicrophone(chosenInput.value || undefined);
      fault.value = null;
      closeMicrophone(before);
    } catch (error) {
      // The one before goes on.
      fault.value = error instanceof MicrophoneError ? error.fault : 'unsupported';
    }
  }
  watch(chosenInput, changeInput);

  /** Somebody allows or forbids it in the browser's own settings. */
  async function watchPermission() {
    const permission = await navigator.permissions?.query({ name: 'microphone' }).catch(() => null);
    if (!permission) return;
    const learn = () => {
      if (permission.state === 'denied') fault.value = 'denied';
      else if (fault.value === 'denied') fault.value = null;
    };
    learn();
    permission.onchange = learn;
  }
  watchDevices((fresh) => {
    devices.value = fresh;
  });
  void refresh();
  void watchPermission();

  return { devices, input, output, chosenInput, chosenOutput, fault, stream, sound, open, release, check };
});
