/*
 * The TUN device. A packet that is written to it arrives in the kernel, and a packet that the
 * kernel sends can be read from it.
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
 * Makes the device, which is down at first. It has the offloads of an Ethernet card, so that the
 * kernel hands over GSO packets as they are. With `persistent` it is removed together with the
 * namespace, which happens in the background; otherwise it is removed when it is closed.
 */
enum fault tun_open(struct tun *tun, bool persistent, char *error);
void tun_close(struct tun *tun);

/* Sets the speed of the link in Mbit/s. The link must still be down. */
enum fault tun_set_speed(unsigned speed, char *error);

/*
 * Gives an IP packet to the kernel. A gso_size of 0 means that it is not a GSO packet. Returns
 * false with errno on an error.
 */
bool tun_write(const struct tun *tun, const uint8_t *bytes, size_t length, unsigned gso_size);

/* Takes everything that the kernel has sent from the device's queue, and throws it away. */
void tun_drain(const struct tun *tun);

#endif
