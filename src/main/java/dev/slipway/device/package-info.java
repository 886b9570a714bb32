/**
 * A device and its life: {@link dev.slipway.device.Device}, {@link dev.slipway.device.DeviceState}, and the port
 * {@link dev.slipway.device.DeviceRepository}.
 *
 * <p>A device is its attestation key; GUIDs come and go with each onboarding and all of them are kept.
 */
package dev.slipway.device;
