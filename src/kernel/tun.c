#include "kernel/tun.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/ethtool.h>
#include <linux/if_tun.h>
#include <linux/sockios.h>
#include <linux/virtio_net.h>
#include <net/if.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include "base/fault.h"

static enum fault device_open(struct tun *tun, char *error)
{
	tun->fd = open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC);
	if (tun->fd >= 0)
		return FAULT_NONE;
	switch (errno) {
	case ENOENT:
	case ENODEV:
	case ENXIO:
		return fault_say(FAULT_MISSING, error,
		                 "/dev/net/tun is missing: load the tun module (modprobe tun)");
	case EPERM:
	case EACCES:
		return fault_say(FAULT_MISSING, error, "/dev/net/tun may not be opened: %s",
		                 strerror(errno));
	default:
		return fault_say(FAULT_BROKEN, error, "/dev/net/tun: %s", strerror(errno));
	}
}

static enum fault device_make(struct tun *tun, bool persistent, char *error)
{
	struct ifreq request = { .ifr_flags = IFF_TUN | IFF_NO_PI | IFF_VNET_HDR };

	strcpy(request.ifr_name, TUN_NAME);
	if (ioctl(tun->fd, TUNSETIFF, &request) < 0) {
		if (errno == EPERM)
			return fault_say(
				FAULT_MISSING, error,
				"no TUN device may be made here (CAP_NET_ADMIN is lacking)");
		if (errno == EBUSY || errno == EEXIST)
			return fault_say(FAULT_BROKEN, error,
			                 "this namespace already has a device " TUN_NAME "");
		return fault_say(FAULT_BROKEN, error, "making " TUN_NAME ": %s", strerror(errno));
	}
	if (ioctl(tun->fd, TUNSETOFFLOAD, TUN_F_CSUM | TUN_F_TSO4 | TUN_F_TSO6 | TUN_F_TSO_ECN) < 0)
		return fault_say(FAULT_BROKEN, error, "offloads of " TUN_NAME ": %s",
		                 strerror(errno));
	if (persistent && ioctl(tun->fd, TUNSETPERSIST, 1) < 0)
		return fault_say(FAULT_BROKEN, error, "keeping " TUN_NAME ": %s", strerror(errno));
	tun->index = if_nametoindex(TUN_NAME);
	if (tun->index == 0)
		return fault_say(FAULT_BROKEN, error, "index of " TUN_NAME ": %s", strerror(errno));
	return FAULT_NONE;
}

enum fault tun_open(struct tun *tun, bool persistent, char *error)
{
	enum fault failure = device_open(tun, error);

	if (failure != FAULT_NONE)
		return failure;
	failure = device_make(tun, persistent, error);
	if (failure != FAULT_NONE)
		tun_close(tun);
	return failure;
}

void tun_close(struct tun *tun)
{
	if (tun->fd >= 0)
		close(tun->fd);
	tun->fd = -1;
}

enum fault tun_set_speed(unsigned speed, char *error)
{
	struct ethtool_cmd settings = { .cmd = ETHTOOL_GSET };
	struct ifreq request = { .ifr_data = (char *)&settings };
	enum fault failure = FAULT_NONE;
	int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	bool done;

	strcpy(request.ifr_name, TUN_NAME);
	done = fd >= 0 && ioctl(fd, SIOCETHTOOL, &request) == 0;
	if (done) {
		settings.cmd = ETHTOOL_SSET;
		settings.autoneg = AUTONEG_DISABLE;
		ethtool_cmd_speed_set(&settings, speed);
		done = ioctl(fd, SIOCETHTOOL, &request) == 0;
	}
	if (!done)
		failure = fault_say(FAULT_BROKEN, error, "speed of " TUN_NAME ": %s",
		                    strerror(errno));
	if (fd >= 0)
		close(fd);
	return failure;
}

bool tun_write(const struct tun *tun, const uint8_t *bytes, size_t length, unsigned gso_size)
{
	struct virtio_net_hdr header = { .gso_type = VIRTIO_NET_HDR_GSO_NONE };
	struct iovec parts[] = {
		/* clang-format off */
		{ &header, sizeof(header) },
		{ (void *)bytes, length },
		/* clang-format on */
	};
	ssize_t written;

	if (gso_size) {
		header.gso_type =
			bytes[0] >> 4 == 6 ? VIRTIO_NET_HDR_GSO_TCPV6 : VIRTIO_NET_HDR_GSO_TCPV4;
		header.gso_size = gso_size;
	}
	do
		written = writev(tun->fd, parts, 2);
	while (written < 0 && errno == EINTR);
	return written >= 0;
}

void tun_drain(const struct tun *tun)
{
	/*
	 * At least one byte of the packet must be read, or the packet stays in the queue. The rest
	 * of it is cut off.
	 */
	char start[sizeof(struct virtio_net_hdr) + 1];
	ssize_t taken;

	do
		taken = read(tun->fd, start, sizeof(start));
	while (taken > 0 || (taken < 0 && errno == EINTR));
}
