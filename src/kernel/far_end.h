/*
 * The far end of a link: a second network namespace, with a TUN device of its own, in which the
 * peer is the same kernel's TCP and not the script. It is a host that can be looked at, and in
 * which processes are started; whatever else there is to do with them is the near end's.
 */
#ifndef TCPCLOSE_KERNEL_FAR_END_H
#define TCPCLOSE_KERNEL_FAR_END_H

#include "kernel/cable.h"
#include "kernel/processes.h"

struct far_end;

/*
 * Makes the far end of the link that `config`, the near end's, is about, with the addresses the
 * other way round, and a cable to the device `near`. To be called in the near end's namespace, by
 * the only thread; it returns there. Processes are added to `processes`.
 */
enum fault far_end_open(struct far_end **far, const struct host_config *config,
                        const struct tun *near, struct processes *processes, char *error);
void far_end_close(struct far_end *far);

/* What host->far is to be. */
struct host *far_end_host(struct far_end *far);
struct cable *far_end_cable(struct far_end *far);
struct capture;
struct capture *far_end_capture(struct far_end *far);

#endif
