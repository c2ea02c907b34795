import { FolderOpen } from "lucide-react";
import { useState } from "react";
import { chooseCertificateFile } from "../../api/workspace";
import { IconButton } from "../../components/button/IconButton";
import { SegmentedControl } from "../../components/segmented/SegmentedControl";
import { TextField } from "../../components/field/TextField";
import { CodeText } from "../../components/text/CodeText";
import { CLOUDS } from "./words";
import styles from "./remote.module.css";

export interface ServerFieldsProps {
  address: string;
  onAddress: (address: string) => void;
  certificate: string;
  onCertificate: (certificate: string) => void;
  error: string | undefined;
}

type Where = "us" | "eu" | "own";

/** Where the server is. */
export function ServerFields({
  address,
  onAddress,
  certificate,
  onCertificate,
  error,
}: ServerFieldsProps) {
  const [where, setWhere] = useState<Where>(
    address === CLOUDS.eu ? "eu" : address === CLOUDS.us ? "us" : "own",
  );
  return (
    <>
      <div>
        <span className={styles.label}>Server</span>
        <SegmentedControl
          label="Server"
          segments={[
            { id: "us", label: "US cloud" },
            { id: "eu", label: "EU cloud" },
            { id: "own", label: "Self-hosted" },
          ]}
          value={where}
          onChange={(next) => {
            setWhere(next);
            onAddress(next === "own" ? "" : CLOUDS[next]);
            if (next !== "own") onCertificate("");
          }}
        />
      </div>
      {where === "own" && (
        <div className={styles.pair}>
          <TextField
            label="Address"
            mono
            placeholder="https://infisical.example.com"
            value={address}
            onChange={onAddress}
            error={error && <CodeText text={error} />}
            autoFocus
          />
          <TextField
            label="Own CA certificate"
            mono
            placeholder="/etc/ssl/our-ca.pem"
            value={certificate}
            onChange={onCertificate}
            description="A PEM file; leave empty for public certificates"
            end={
              <IconButton
                icon={FolderOpen}
                size="small"
                label="Choose certificate file"
                onPress={() => {
                  void chooseCertificateFile().then((file) => {
                    if (file !== null) onCertificate(file);
                  });
                }}
              />
            }
          />
        </div>
      )}
    </>
  );
}
