/* How busy the machine is, as the kernel measures it. */
#ifndef TCPCLOSE_KERNEL_PRESSURE_H
#define TCPCLOSE_KERNEL_PRESSURE_H

#include "base/usec.h"

/*
 * For how many microseconds, since the machine was started, some process was ready to run but had
 * no CPU (/proc/pressure/cpu). The kernel's own work in timers and softirqs is delayed in the same
 * way. Nothing tells whose delay it was, but it was not longer than this. -1: this kernel does not
 * count it.
 */
usec_t pressure_total(void);

#endif
