/*
 * The TUN device: packets written to it arrive in the kernel, packets the kernel sends leave here.
 */
#ifndef TCPCLOSE_KERNEL_TUN_H
#define TCPCLOSE_KERNEL_TUN_H

#include "host/host.h"

#define TUN_NAME "tun0"

struct tun {
	int fd;         /* -1: closed */
	unsigned index; /* of the interface */
};

/*
 * Makes the device, with the offloads of an Ethernet card, so that the kernel hands over GSO
 * packets as they are. The device is down. `persistent` leaves its removal to the end of the
 * namespace, which happens in the background; otherwise it goes when it is closed.
 */
enum fault tun_open(struct tun *tun, bool persistent, char *error);
void tun_close(struct tun *tun);

/* Sets the link's speed in Mbit/s; before the link is up. */
enum fault tun_set_speed(unsigned speed, char *error);

/* Gives one IP packet to the kernel; gso_size 0: it is no GSO packet. False: errno says why. */
bool tun_write(const struct tun *tun, const uint8_t *bytes, size_t length, unsigned gso_size);

/* Takes what the kernel sent from the device's queue, and forgets it. */
void tun_drain(const struct tun *tun);

#endif
