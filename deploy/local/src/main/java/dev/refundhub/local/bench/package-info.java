/** Measures the hub from outside, each figure beside its reference in the same run. */
package dev.refundhub.local.bench;
