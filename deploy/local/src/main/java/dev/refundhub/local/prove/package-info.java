/** What the hub promises, shown with packaged services, real surroundings, and partners at their worst. */
package dev.refundhub.local.prove;
