#include "remote/carrier.h"

#include <net/if.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

bool carrier_is_there(const char *device, const char *whose, char error[FAULT_TEXT])
{
	struct ifreq request = { .ifr_flags = 0 };
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	bool known;

	strncpy(request.ifr_name, device, IFNAMSIZ - 1);
	known = fd >= 0 && ioctl(fd, SIOCGIFFLAGS, &request) == 0;
	if (fd >= 0)
		close(fd);
	if (!known || !(request.ifr_flags & IFF_UP) || request.ifr_flags & IFF_RUNNING)
		return true;
	fault_say(FAULT_BROKEN, error,
	          "%s device has no carrier: its cable was pulled, or the "
	          "other end is down",
	          whose);
	return false;
}
